// For parsers that take a path: the input as a file.
#pragma once

#include <string>

#include "tvts/core/mapped_file.h"

namespace tvts::fuzz {

// A folder of this process in memory (/dev/shm) where there is one, else in the system's temporary folder; removed at
// the end.
const std::string& scratch_folder();

// Writes the file into that folder, over one of the same name, and returns its path.
std::string input_file(const std::string& name, Bytes content);

}  // namespace tvts::fuzz

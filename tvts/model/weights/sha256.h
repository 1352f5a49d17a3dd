// SHA-256, in lower-case hexadecimal.
#pragma once

#include <string>

#include "tvts/core/mapped_file.h"

namespace tvts {

std::string sha256_hex(Bytes bytes);
// Throws Error(kInput) when the file cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace tvts

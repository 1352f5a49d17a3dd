// An index of the members of a tar file with their offsets, so that each can be read on its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tvts/core/input_file.h"

namespace tvts {

struct TarMember {
  std::string name;  // raw bytes, without a leading "./"
  int64_t offset = 0, size = 0;
};

// The regular files, in their order, from the headers alone (ustar, pax and GNU forms). A member that goes on past the
// end of the file is the last one, with the size that its header states.
// Throws Error(kInput) that names the file when it is no tar file, a compressed one, or damaged.
std::vector<TarMember> index_tar(const InputFile& file);

}  // namespace tvts

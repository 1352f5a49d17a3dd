// The bytes of one member of a shard.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tvts {

// Throws Error(kInput) that names the shard when the file ends before them, or when they are more than max_bytes.
std::vector<std::byte> read_shard_bytes(const std::string& path, int64_t offset, int64_t size, std::size_t max_bytes);

}  // namespace tvts

// Integers out of bytes of unknown alignment and origin.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tvts/core/mapped_file.h"

namespace tvts {

// The unsigned little-endian number of `size` (1 to 8) bytes at `offset`; the caller has checked that they exist.
inline uint64_t little_endian(Bytes bytes, std::size_t offset, std::size_t size) {
  uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | std::to_integer<uint64_t>(bytes[offset + i]);
  return value;
}

// True if `size` bytes at `offset` lie inside.
inline bool inside(Bytes bytes, uint64_t offset, uint64_t size) {
  return offset <= bytes.size() && size <= bytes.size() - offset;
}

}  // namespace tvts

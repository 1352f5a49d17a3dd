// Prefetches rows before they are read. Rows of one head lie pages apart, where a CPU does not look ahead by itself.
#pragma once

#include <cstddef>

namespace tvts {

// level: of the caches, the nearest one that the row shall be in, 1 or 2.
template <int level = 1, class T>
void prefetch_row(const T* row, std::size_t size) {
  constexpr std::size_t kLine = 64 / sizeof(T);
  for (std::size_t at = 0; at < size; at += kLine) __builtin_prefetch(row + at, 0, 4 - level);
}

}  // namespace tvts

// The padding of rows.
#pragma once

#include <cstddef>

namespace tvts {

constexpr std::size_t up_to_multiple(std::size_t size, std::size_t of) { return (size + of - 1) / of * of; }

// So that rows hold whole vectors of every instruction set.
constexpr std::size_t kRowPadding = 16;
constexpr std::size_t padded(std::size_t width) { return up_to_multiple(width, kRowPadding); }

}  // namespace tvts

// The input's bytes as text, and choices that its first bytes make.
#pragma once

#include <string_view>

#include "tvts/core/mapped_file.h"

namespace tvts::fuzz {

inline std::string_view text_of(Bytes input) { return {reinterpret_cast<const char*>(input.data()), input.size()}; }

// A number below `count`, by the first byte, which is taken away; 0 where there is none.
inline std::size_t take_choice(Bytes& input, std::size_t count) {
  if (input.empty()) return 0;
  const auto choice = std::to_integer<std::size_t>(input.front()) % count;
  input = input.subspan(1);
  return choice;
}

}  // namespace tvts::fuzz

// Parses numbers in text.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace tvts {

// The number that the whole text spells, as std::from_chars reads it; nothing for any other text.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace tvts

// Numbers in the names of files.
#pragma once

#include <string>

namespace tvts::world {

// The number with leading zeros: digits(7, 3) is "007".
inline std::string digits(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace tvts::world

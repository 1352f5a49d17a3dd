// Texts without the blanks around them.
#pragma once

#include <string_view>

namespace tvts {

// The part of `text` between its first and its last character that is none of `blanks`; empty where there is none.
inline std::string_view trimmed(std::string_view text, std::string_view blanks = " \t") {
  const std::size_t begin = text.find_first_not_of(blanks);
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

}  // namespace tvts

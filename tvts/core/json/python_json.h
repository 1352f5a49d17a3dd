// Rewrites the output of Python's json module that RFC 8259 does not allow into JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

// The rewritten text, and where its bytes stood in the original.
struct StandardJson {
  std::string text;
  struct Shift {
    std::size_t begin;     // of the bytes after a rewritten piece, in `text`
    std::size_t original;  // the same position in the original
  };
  std::vector<Shift> shifts;  // ascending

  std::size_t original_offset(std::size_t offset) const;
};

// NaN, Infinity, -Infinity and numbers too large for a double become strings that number_for() maps back, half
// surrogates the noncharacter U+FFFF that is_unreadable() finds. Everything else, errors included, is copied as it is.
StandardJson rewrite_python_json(std::string_view text);

// The number that such a string stands for: NaN or an infinity.
std::optional<double> number_for(std::string_view value);

// True if a text holds what replaced half a surrogate pair.
bool is_unreadable(std::string_view value);

}  // namespace tvts

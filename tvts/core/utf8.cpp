#include "tvts/core/utf8.h"

#include <algorithm>

namespace tvts {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// The length of the UTF-8 sequence at the start of a text that is not empty; 0 where there is none: overlong forms,
// surrogates and what lies above U+10FFFF are none (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  const unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return length;
}

}  // namespace

std::string to_utf8(std::string_view raw, bool* was_valid) {
  std::string text;
  bool valid = true;
  while (!raw.empty()) {
    const std::size_t length = sequence_length(raw);
    text += length > 0 ? raw.substr(0, length) : kReplacement;
    raw.remove_prefix(std::max<std::size_t>(length, 1));
    valid = valid && length > 0;
  }
  if (was_valid != nullptr) *was_valid = valid;
  return text;
}

std::string without_zero_bytes(std::string_view text) {
  std::string shown;
  for (const char c : text) c == '\0' ? shown.append("\\u0000") : shown.append(1, c);
  return shown;
}

}  // namespace tvts

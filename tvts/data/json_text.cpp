#include "tvts/data/json_text.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kDigits = "0123456789abcdef";

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

std::string to_hex(std::string_view raw) {
  std::string hex;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0 || hex.find_first_not_of(kDigits) != std::string_view::npos) {
    fail_input("found \"", to_utf8(hex.substr(0, 40)), "\", expected bytes as pairs of digits 0-9 a-f");
  }
  std::string raw;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    raw += static_cast<char>(kDigits.find(hex[i]) * 16 + kDigits.find(hex[i + 1]));
  }
  return raw;
}

Json path_fields(std::string_view raw) {
  bool was_valid = true;
  Json fields = {{"path", to_utf8(raw, &was_valid)}};
  if (!was_valid) fields["path_bytes"] = to_hex(raw);
  return fields;
}

std::string path_from_fields(const Json& object, const std::string& column) {
  if (const auto bytes = object.find("path_bytes"); bytes != object.end() && bytes->is_string()) {
    return from_hex(bytes->get_ref<const std::string&>());
  }
  const auto path = object.find(column);
  if (path == object.end() || !path->is_string()) fail_input("found no text \"", column, "\" in the object");
  return *path;
}

}  // namespace tvts

#include "tvts/report/plain_text.h"

#include <charconv>
#include <cmath>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"

namespace tvts {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// The first character of valid UTF-8.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && !begins_character(text[length])) ++length;
  return text.substr(0, length);
}

bool is_shown(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first >= 0x20 && first != 0x7F;
  if (first == 0xC2) return static_cast<unsigned char>(character[1]) >= 0xA0;  // U+0080..U+009F are controls too
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";           // U+FFFE and U+FFFF are no characters
}

template <class... Format>
std::string number(double value, Format... format) {
  char text[400];  // the longest double has 309 digits before the point
  const auto result = std::to_chars(text, text + sizeof text, value, format...);
  TVTS_ASSERT(result.ec == std::errc());
  return {text, result.ptr};
}

// 1e-04 to 1e-4, 1e+06 to 1e6.
std::string with_short_exponent(std::string text) {
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  const std::size_t sign = exponent + 1;
  while (text[sign + 1] == '0') text.erase(sign + 1, 1);
  if (text[sign] == '+') text.erase(sign, 1);
  return text;
}

}  // namespace

std::string one_line(std::string_view raw) {
  const std::string valid = to_utf8(raw);
  std::string shown;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view character = first_character(rest);
    shown += is_shown(character) ? character : kReplacement;
    rest.remove_prefix(character.size());
  }
  return shown;
}

std::size_t text_length(std::string_view utf8) {
  std::size_t length = 0;
  for (const char c : utf8) length += begins_character(c) ? 1 : 0;
  return length;
}

std::string shortened(std::string_view utf8, std::size_t most) {
  if (text_length(utf8) <= most) return std::string(utf8);
  std::string kept;
  for (std::size_t i = 0; i + 1 < most; ++i) {
    const std::string_view character = first_character(utf8);
    kept += character;
    utf8.remove_prefix(character.size());
  }
  return kept + "…";
}

std::string fixed(double value, int decimals) {
  const std::string text = number(value, std::chars_format::fixed, decimals);
  return text[0] == '-' && text.find_first_not_of("-0.") == std::string::npos ? text.substr(1) : text;
}

std::string short_number(double value, int digits) {
  if (value == 0 || std::fabs(value) >= 1e-3)
    return with_short_exponent(number(value, std::chars_format::general, digits));
  const std::string text = number(value, std::chars_format::scientific, digits - 1);
  const std::size_t exponent = text.find('e');
  const std::size_t last = text.find_last_not_of('0', exponent - 1);  // 1.000e-04
  return with_short_exponent(text.substr(0, text[last] == '.' ? last : last + 1) + text.substr(exponent));
}

}  // namespace tvts

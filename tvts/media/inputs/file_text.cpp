#include "tvts/media/inputs/file_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

using namespace std::string_view_literals;

enum class ByteOrder { kLittle, kBig };

char16_t unit_at(std::string_view bytes, std::size_t i, ByteOrder order) {
  const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
  return static_cast<char16_t>(order == ByteOrder::kLittle ? first | second << 8 : first << 8 | second);
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

// Half a pair, and half a unit at the end, become U+FFFD.
std::string from_utf16(std::string_view bytes, ByteOrder order) {
  constexpr char32_t kReplacement = 0xfffd;
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit_at(bytes, i, order);
    if (is_high_surrogate(c) && i + 3 < bytes.size()) {
      if (const char32_t low = unit_at(bytes, i + 2, order); is_low_surrogate(low)) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        i += 2;
      }
    }
    append_utf8(text, is_high_surrogate(c) || is_low_surrogate(c) ? kReplacement : c);
  }
  if (bytes.size() % 2 != 0) append_utf8(text, kReplacement);
  return text;
}

// Four ASCII characters, each with a zero byte beside it: the start of nothing but UTF-16.
bool begins_as_utf16(std::string_view bytes, ByteOrder order) {
  if (bytes.size() < 8) return false;
  for (std::size_t i = 0; i < 8; i += 2) {
    const char16_t unit = unit_at(bytes, i, order);
    if (unit == 0 || unit >= 0x80) return false;
  }
  return true;
}

std::optional<std::string> text_of_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE"sv)) return from_utf16(bytes.substr(2), ByteOrder::kLittle);
  if (bytes.starts_with("\xFE\xFF"sv)) return from_utf16(bytes.substr(2), ByteOrder::kBig);
  for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
    if (begins_as_utf16(bytes, order)) return from_utf16(bytes, order);
  }
  return std::nullopt;
}

}  // namespace

std::string decoded_text(std::string bytes) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (auto text = text_of_utf16(bytes)) bytes = *std::move(text);
  if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  if (bytes.find('\n') == std::string::npos) std::ranges::replace(bytes, '\r', '\n');
  return bytes;
}

void require_text(const std::string& text, const std::string& file, const std::string& expected) {
  const auto is_of_no_text = [](char c) {
    constexpr std::string_view kKnown =
        "\t\n\v\f\r\x1a\x1b";  // with the end of a file of DOS, and colours of a terminal
    return static_cast<unsigned char>(c) < 0x20 && kKnown.find(c) == std::string_view::npos;
  };
  const auto found = std::ranges::find_if(text, is_of_no_text);
  if (found == text.end()) return;
  fail_input(file, " is no text: found the byte ", static_cast<int>(*found), " at ", found - text.begin(),
             ", expected ", expected);
}

std::string read_text_file(const std::string& path, std::size_t max_bytes) {
  return decoded_text(read_file(path, max_bytes));
}

}  // namespace tvts

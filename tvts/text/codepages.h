// The single-byte encodings that UTF-8 text is most often misread as.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tvts {

struct Codepage {
  // U+FFFD in the text may stand for a byte that had no meaning; encoded, it is kLostByte.
  bool keeps_lost_bytes;
  std::array<char16_t, 128> upper_half;  // bytes 80..FF; the lower half is ASCII
};
inline constexpr char kLostByte = '\x1a';

// Latin-1, Windows 1252, 1251, 1250, 1253, 1254, 1257, ISO 8859-2, Mac Roman, 437: in the order in which to try them.
std::span<const Codepage> codepages();
inline constexpr std::size_t kMacRoman = 8;      // its index in codepages()
inline constexpr std::size_t kWindowsPages = 7;  // how many of the first are Latin-1 or of the Windows family

// The bytes that read as `text` in codepages()[page]; nothing when a character is not in it.
std::optional<std::string> encode(std::size_t page, std::u32string_view text);

// The character of a byte 80..9F in Windows 1252, or the control character itself where there is none.
char32_t windows_1252(uint8_t byte);

}  // namespace tvts

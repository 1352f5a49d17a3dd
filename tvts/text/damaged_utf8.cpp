#include "tvts/text/damaged_utf8.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "tvts/text/codepages.h"

namespace tvts {
namespace {

// The byte at `i`; 0, which is in no class below, past the end.
uint8_t at(std::string_view bytes, std::size_t i) { return i < bytes.size() ? static_cast<uint8_t>(bytes[i]) : 0; }
bool in(uint8_t byte, uint8_t first, uint8_t last) { return byte >= first && byte <= last; }
bool is_continuation(uint8_t byte) { return in(byte, 0x80, 0xbf); }

constexpr std::string_view kNoBreakA = "\xc3\xa0";  // "à", which ends in the byte of a no-break space

// "Ã " is most often the word "à" with a lost no-break space; the Portuguese words that start with it are joined.
std::string restore_a_grave(const std::string& bytes) {
  constexpr std::array<std::string_view, 5> kJoined = {" ", "quele", "quela", "quilo", "s "};
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::string_view rest = std::string_view(bytes).substr(i);
    const bool found = rest.starts_with("\xc3 ") &&
                       std::none_of(kJoined.begin(), kJoined.end(),
                                    [&](std::string_view next) { return rest.substr(2).starts_with(next); });
    if (!found) {
      out += bytes[i];
      continue;
    }
    out.append(kNoBreakA).append(" ");
    ++i;
  }
  return out;
}

// The length that the character at `i` would have if its one space were a byte A0; 0 when it is none. Only starts for
// which such a character is a likely one.
std::size_t length_with_space(std::string_view bytes, std::size_t i) {
  const uint8_t lead = at(bytes, i), b1 = at(bytes, i + 1), b2 = at(bytes, i + 2), b3 = at(bytes, i + 3);
  const auto likely = [](uint8_t byte) { return is_continuation(byte) && byte != 0x85 && byte != 0xa0; };
  if (b1 == ' ' && std::string_view("\xc2\xc3\xc5\xce\xd0\xd9").find(static_cast<char>(lead)) != std::string_view::npos)
    return 2;
  if (in(lead, 0xe2, 0xe3) && b1 == ' ' && likely(b2)) return 3;
  if (in(lead, 0xe0, 0xe3) && likely(b1) && b2 == ' ') return 3;
  const int spaces = (b1 == ' ') + (b2 == ' ') + (b3 == ' ');
  const int others = is_continuation(b1) + is_continuation(b2) + is_continuation(b3);
  return lead == 0xf0 && spaces == 1 && others == 2 ? 4 : 0;
}

bool is_lost(uint8_t byte) { return byte == static_cast<uint8_t>(kLostByte); }
bool is_lost_or_mark(uint8_t byte) { return is_lost(byte) || byte == '?'; }

// Two surrogate halves of three bytes each, of which the last byte of one is lost.
bool is_lossy_pair(std::string_view bytes, std::size_t i) {
  const uint8_t last1 = at(bytes, i + 2), last2 = at(bytes, i + 5);
  const bool halves = at(bytes, i) == 0xed && in(at(bytes, i + 1), 0xa0, 0xaf) && at(bytes, i + 3) == 0xed &&
                      in(at(bytes, i + 4), 0xb0, 0xbf);
  const auto any = [](uint8_t byte) { return is_lost_or_mark(byte) || is_continuation(byte); };
  return halves && ((is_lost_or_mark(last1) && any(last2)) || (any(last1) && is_lost_or_mark(last2)));
}

// The `count` bytes from `first` on are continuation bytes, at least one of them lost; one may be written as "?".
bool is_lossy_tail(std::string_view bytes, std::size_t first, std::size_t count) {
  int lost = 0, marks = 0, kept = 0;
  for (std::size_t i = first; i < first + count; ++i) {
    lost += is_lost(at(bytes, i));
    marks += at(bytes, i) == '?';
    kept += is_continuation(at(bytes, i));
  }
  return lost + marks + kept == static_cast<int>(count) && lost + marks > 0 && marks <= 1;
}

// The length of the character with lost bytes that starts at `i`; 0 when there is none.
std::size_t lossy_length(std::string_view bytes, std::size_t i) {
  const uint8_t lead = at(bytes, i), b1 = at(bytes, i + 1);
  if (is_lost(lead)) return 1;
  if (in(lead, 0xc2, 0xdf)) return is_lost(b1) || (b1 == '?' && lead <= 0xc3) ? 2 : 0;
  if (is_lossy_pair(bytes, i)) return 6;
  if (in(lead, 0xe0, 0xef)) return is_lossy_tail(bytes, i + 1, 2) ? 3 : 0;
  if (in(lead, 0xf0, 0xf4)) return is_lossy_tail(bytes, i + 1, 3) ? 4 : 0;
  return 0;
}

// The character in two surrogate halves at `i`; 0 when there is none.
char32_t surrogate_pair(std::string_view b, std::size_t i) {
  const bool pair = at(b, i) == 0xed && in(at(b, i + 1), 0xa0, 0xaf) && is_continuation(at(b, i + 2)) &&
                    at(b, i + 3) == 0xed && in(at(b, i + 4), 0xb0, 0xbf) && is_continuation(at(b, i + 5));
  if (!pair) return 0;
  const char32_t high = static_cast<char32_t>((at(b, i + 1) & 0xf) << 6 | (at(b, i + 2) & 0x3f));
  const char32_t low = static_cast<char32_t>((at(b, i + 4) & 0xf) << 6 | (at(b, i + 5) & 0x3f));
  return 0x10000 + (high << 10) + low;
}

}  // namespace

std::string restore_no_break_spaces(const std::string& bytes) {
  std::string out = restore_a_grave(bytes);
  for (std::size_t i = 0; i < out.size();) {
    const std::size_t length = length_with_space(out, i);
    if (length > 0)
      std::replace(out.begin() + static_cast<std::ptrdiff_t>(i), out.begin() + static_cast<std::ptrdiff_t>(i + length),
                   ' ', '\xa0');
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string replace_lost_characters(const std::string& bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = lossy_length(bytes, i);
    if (length > 0) {
      out += "\xef\xbf\xbd";
    } else {
      out += bytes[i];
    }
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::optional<std::u32string> decode_lenient_utf8(std::string_view bytes) {
  std::u32string out;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  for (std::size_t i = 0; i < bytes.size();) {
    if (const char32_t pair = surrogate_pair(bytes, i)) {
      out += pair;
      i += 6;
    } else if (at(bytes, i) == 0xc0 && at(bytes, i + 1) == 0x80) {
      out += U'\0';
      i += 2;
    } else {
      UChar32 c = 0;
      U8_NEXT(data, i, bytes.size(), c);
      if (c < 0) return std::nullopt;
      out += static_cast<char32_t>(c);
    }
  }
  return out;
}

}  // namespace tvts

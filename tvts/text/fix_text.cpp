#include "tvts/text/fix_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "tvts/text/html_entities.h"
#include "tvts/text/misread_text.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestSegment = 1'000'000;  // characters
constexpr int kMostRounds = 64;

using Replacement = std::pair<char32_t, std::u32string_view>;
// The first has the lowest code point.
constexpr std::array<Replacement, 22> kLatinLigatures = {{
    {U'Ĳ', U"IJ"},  {U'ĳ', U"ij"},  {U'ŉ', U"ʼn"}, {U'Ǳ', U"DZ"}, {U'ǲ', U"Dz"}, {U'ǳ', U"dz"},
    {U'Ǆ', U"DŽ"},  {U'ǅ', U"Dž"},  {U'ǆ', U"dž"}, {U'Ǉ', U"LJ"}, {U'ǈ', U"Lj"}, {U'ǉ', U"lj"},
    {U'Ǌ', U"NJ"},  {U'ǋ', U"Nj"},  {U'ǌ', U"nj"}, {U'ﬀ', U"ff"}, {U'ﬁ', U"fi"}, {U'ﬂ', U"fl"},
    {U'ﬃ', U"ffi"}, {U'ﬄ', U"ffl"}, {U'ﬅ', U"ſt"}, {U'ﬆ', U"st"},
}};

// The compatible forms of the half-width and full-width block U+FF01..U+FFEF.
const std::u32string& normal_width(char32_t c) {
  constexpr char32_t kFirst = 0xff01, kLast = 0xffef;
  static const std::vector<std::u32string> forms = [] {
    std::vector<std::u32string> all;
    for (char32_t code = kFirst; code <= kLast; ++code) all.push_back(compatible_form(code));
    return all;
  }();
  return forms[c - kFirst];
}

bool is_half_or_full_width(char32_t c) { return c >= 0xff01 && c <= 0xffef; }

// A ligature of Latin letters, or a half-width or full-width form, as plain characters.
std::u32string plain_forms(const std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    if (c < kLatinLigatures[0].first) {
      out += c;
      continue;
    }
    const auto* ligature = std::find_if(kLatinLigatures.begin(), kLatinLigatures.end(),
                                        [&](const Replacement& r) { return r.first == c; });
    if (ligature != kLatinLigatures.end()) {
      out += ligature->second;
    } else if (is_half_or_full_width(c)) {
      out += normal_width(c);
    } else {
      out += c == U'\u3000' ? U' ' : c;
    }
  }
  return out;
}

std::u32string straight_quotes(std::u32string text) {
  for (char32_t& c : text) {
    if (c == 0x2bc || (c >= 0x2018 && c <= 0x201b)) c = U'\'';
    if (c >= 0x201c && c <= 0x201f) c = U'"';
  }
  return text;
}

// CR LF, CR, the line and the paragraph separator and NEL as LF.
std::u32string unix_line_breaks(const std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') continue;
    out += c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029 ? U'\n' : c;
  }
  return out;
}

// The length of a terminal's escape sequence at `i` (ESC, "[", numbers, a letter), 0 when there is none.
std::size_t escape_length(const std::u32string& text, std::size_t i) {
  if (text[i] != 0x1b || i + 1 >= text.size() || text[i + 1] != U'[') return 0;
  std::size_t end = i + 2;
  while (end < text.size() && (text[end] == U';' || is_decimal_digit(text[end]))) ++end;
  const bool letter =
      end < text.size() && ((text[end] >= U'a' && text[end] <= U'z') || (text[end] >= U'A' && text[end] <= U'Z'));
  return letter ? end + 1 - i : 0;
}

std::u32string without_terminal_escapes(const std::u32string& text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = escape_length(text, i);
    if (length == 0) out += text[i];
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

// ASCII controls that are no white space, deprecated Arabic controls, byte order marks, interlinear annotation.
bool is_stray_control(char32_t c) {
  return c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1f) || c == 0x7f || (c >= 0x206a && c <= 0x206f) ||
         c == 0xfeff || (c >= 0xfff9 && c <= 0xfffc);
}

std::u32string fix_once(const std::u32string& line, bool unescape) {
  std::u32string text = unescape ? unescape_plain_html(line) : line;
  text = replace_upper_controls(repair_misread_text(std::move(text)));
  text = unix_line_breaks(straight_quotes(plain_forms(text)));
  text = without_terminal_escapes(text);
  std::erase_if(text, is_stray_control);
  return compose(text);
}

std::u32string fix_segment(std::u32string text, bool unescape) {
  for (int round = 0; round < kMostRounds; ++round) {
    std::u32string fixed = fix_once(text, unescape);
    if (fixed == text) break;
    text = std::move(fixed);
  }
  return text;
}

}  // namespace

std::u32string fix_text(const std::u32string& text) {
  std::u32string out;
  bool unescape = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t line_feed = text.find(U'\n', begin);
    const std::size_t end = line_feed == std::u32string::npos ? text.size() : line_feed + 1;
    std::u32string segment = text.substr(begin, std::min(end - begin, kLongestSegment));
    begin += segment.size();
    // A "<" says that this, and what follows, is HTML on purpose.
    unescape = unescape && segment.find(U'<') == std::u32string::npos;
    out += fix_segment(std::move(segment), unescape);
  }
  return out;
}

}  // namespace tvts

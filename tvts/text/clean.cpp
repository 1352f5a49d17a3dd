#include "tvts/text/clean.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/text/fix_text.h"
#include "tvts/text/html_entities.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestText = std::size_t{16} << 20;  // bytes

bool is_ascii_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

// Nothing to repair and nothing to unescape: printable ASCII and white space, no "&".
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= ' ' && c <= '~' && c != '&') || is_ascii_space(c); });
}

// Words with one space between them. Any text may be the argument of `is_space`.
template <class Text, class IsSpace>
Text fold_white_space(const Text& text, IsSpace is_space) {
  Text out;
  out.reserve(text.size());
  bool after_space = false;
  for (const auto c : text) {
    if (is_space(c)) {
      after_space = true;
      continue;
    }
    if (after_space && !out.empty()) out += ' ';
    after_space = false;
    out += c;
  }
  return out;
}

std::string clean_plain(std::string_view text) {
  std::string out = fold_white_space(std::string(text), is_ascii_space);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

}  // namespace

std::string clean_text(std::string_view text) {
  if (text.size() > kLongestText) {
    fail_input("text of ", text.size(), " bytes: expected at most ", kLongestText, "; is it a caption?");
  }
  if (is_plain(text)) return clean_plain(text);
  std::u32string fixed = fix_text(decode_utf8(text));
  fixed = unescape_html(unescape_html(fixed));
  return lower_case(encode_utf8(fold_white_space(fixed, is_white_space)));
}

bool is_blank_text(std::string_view text) {
  return std::ranges::all_of(decode_utf8(clean_text(text)),
                             [](char32_t c) { return is_white_space(c) || is_unseen(c); });
}

}  // namespace tvts

#include "tvts/core/json/python_json.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace tvts {
namespace {

// A JSON string may name U+0000 by an escape alone, so a text from outside holds these only when its author wrote them
// so, which gives no more than the number itself.
constexpr std::string_view kNan = "\"\\u0000NaN\"", kInfinity = "\"\\u0000Infinity\"",
                           kMinusInfinity = "\"\\u0000-Infinity\"";
constexpr std::string_view kHalfSurrogate = "\\uffff", kUnreadable = "\xEF\xBF\xBF";
constexpr std::string_view kNumberCharacters = "0123456789+-.eE";

// The four digits of \uXXXX at `offset`; nothing where there is no such escape.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t offset) {
  if (text.size() < offset + 6 || text[offset] != '\\' || text[offset + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(offset + 2, 4)) {
    const bool is_digit = c >= '0' && c <= '9', is_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!is_digit && !is_letter) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(is_digit ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return unit;
}

bool is_high(std::optional<unsigned> unit) { return unit && *unit >= 0xD800 && *unit < 0xDC00; }
bool is_low(std::optional<unsigned> unit) { return unit && *unit >= 0xDC00 && *unit < 0xE000; }

class Rewriter {
 public:
  explicit Rewriter(std::string_view text) : text_(text) {}

  StandardJson run() && {
    while (next_ < text_.size()) {
      if (text_[next_] == '"') {
        copy_string();
      } else if (!take_word("NaN", kNan) && !take_word("Infinity", kInfinity) &&
                 !take_word("-Infinity", kMinusInfinity) && !take_number()) {
        copy(1);
      }
    }
    return std::move(result_);
  }

 private:
  void copy(std::size_t bytes) {
    result_.text += text_.substr(next_, bytes);
    next_ = std::min(next_ + bytes, text_.size());
  }

  void replace(std::size_t bytes, std::string_view with) {
    result_.text += with;
    next_ += bytes;
    if (bytes != with.size()) result_.shifts.push_back({result_.text.size(), next_});
  }

  bool take_word(std::string_view word, std::string_view with) {
    if (text_.substr(next_, word.size()) != word) return false;
    replace(word.size(), with);
    return true;
  }

  bool take_number() {
    const std::size_t end = std::min(text_.find_first_not_of(kNumberCharacters, next_), text_.size());
    if (end == next_) return false;
    const double value = std::strtod(std::string(text_.substr(next_, end - next_)).c_str(), nullptr);
    if (std::isinf(value)) {
      replace(end - next_, value > 0 ? kInfinity : kMinusInfinity);
    } else {
      copy(end - next_);
    }
    return true;
  }

  // From one quotation mark to the next that is not escaped.
  void copy_string() {
    copy(1);
    while (next_ < text_.size() && text_[next_] != '"') {
      if (text_[next_] == '\\') {
        copy_escape();
      } else {
        copy(std::min(text_.find_first_of("\"\\", next_), text_.size()) - next_);
      }
    }
    copy(1);
  }

  void copy_escape() {
    const auto unit = escaped_unit(text_, next_);
    if (is_high(unit) && is_low(escaped_unit(text_, next_ + 6))) {
      copy(12);
    } else if (is_high(unit) || is_low(unit)) {
      replace(6, kHalfSurrogate);
    } else {
      copy(2);
    }
  }

  const std::string_view text_;
  std::size_t next_ = 0;
  StandardJson result_;
};

}  // namespace

std::size_t StandardJson::original_offset(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(shifts, offset, {}, &Shift::begin);
  if (after == shifts.begin()) return offset;
  return std::prev(after)->original + (offset - std::prev(after)->begin);
}

StandardJson rewrite_python_json(std::string_view text) { return Rewriter(text).run(); }

std::optional<double> number_for(std::string_view value) {
  using namespace std::string_view_literals;
  constexpr double kLimit = std::numeric_limits<double>::infinity();
  if (value == "\0NaN"sv) return std::numeric_limits<double>::quiet_NaN();
  if (value == "\0Infinity"sv) return kLimit;
  if (value == "\0-Infinity"sv) return -kLimit;
  return std::nullopt;
}

bool is_unreadable(std::string_view value) { return value.find(kUnreadable) != std::string_view::npos; }

}  // namespace tvts

#include "tvts/media/inputs/brace_pattern.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::size_t kMaxNames = 100'000;
constexpr std::size_t kMaxDigits = 9;

struct Range {
  std::uint32_t first = 0, last = 0;
  std::size_t width = 0;   // 0: as short as each number is
  std::size_t length = 0;  // of its text, braces included

  std::size_t count() const { return last - first + std::size_t{1}; }
};

// Text, and a range after it.
struct Piece {
  std::string text;
  std::optional<Range> range;
};

std::string_view digits_at_start(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
}

// The range that `text` begins with.
std::optional<Range> range_at_start(std::string_view text) {
  const std::string_view first = digits_at_start(text.substr(1));
  const std::string_view middle = text.substr(1 + first.size());
  if (!middle.starts_with("..")) return std::nullopt;
  const std::string_view last = digits_at_start(middle.substr(2));
  const bool closed = middle.substr(2 + last.size()).starts_with('}');
  if (!closed || first.empty() || last.empty() || std::max(first.size(), last.size()) > kMaxDigits) return std::nullopt;
  Range range;
  std::from_chars(first.data(), first.data() + first.size(), range.first);
  std::from_chars(last.data(), last.data() + last.size(), range.last);
  const auto padded = [](std::string_view number) { return number.size() > 1 && number[0] == '0'; };
  range.width = padded(first) || padded(last) ? std::max(first.size(), last.size()) : 0;
  range.length = first.size() + last.size() + 4;
  return range.first <= range.last ? std::optional(range) : std::nullopt;
}

std::vector<Piece> pieces_of(std::string_view pattern) {
  std::vector<Piece> pieces(1);
  while (!pattern.empty()) {
    if (const auto range = pattern[0] == '{' ? range_at_start(pattern) : std::nullopt) {
      pieces.back().range = range;
      pieces.emplace_back();
      pattern.remove_prefix(range->length);
    } else {
      const std::size_t plain = std::min(pattern.find('{', 1), pattern.size());
      pieces.back().text += pattern.substr(0, plain);
      pattern.remove_prefix(plain);
    }
  }
  return pieces;
}

// Number of names that the pattern stands for; kMaxNames + 1: more than kMaxNames.
std::size_t count_names(const std::vector<Piece>& pieces) {
  std::size_t count = 1;
  for (const Piece& piece : pieces) {
    const std::size_t numbers = piece.range ? piece.range->count() : 1;
    if (numbers > kMaxNames / count) return kMaxNames + 1;
    count *= numbers;
  }
  return count;
}

void append_number(std::string& name, std::uint32_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  name.append(width - std::min(width, digits.size()), '0').append(digits);
}

// Name `index` of the `count` of the pattern.
std::string name_at(const std::vector<Piece>& pieces, std::size_t index, std::size_t count) {
  std::string name;
  for (const Piece& piece : pieces) {
    name += piece.text;
    if (!piece.range) continue;
    count /= piece.range->count();
    append_number(name, piece.range->first + static_cast<std::uint32_t>(index / count), piece.range->width);
    index %= count;
  }
  return name;
}

}  // namespace

std::vector<std::string> expand_braces(const std::string& pattern, PatternBudget& budget) {
  const std::vector<Piece> pieces = pieces_of(pattern);
  const std::size_t count = count_names(pieces);
  if (count == 1 && pieces.size() == 1) return {pattern};
  const auto fail_above = [&](const auto&... limit) {
    fail_usage("the pattern ", pattern.substr(0, 200), " stands for more than ", limit...,
               "; name a folder or a list instead");
  };
  if (count > kMaxNames) fail_above(kMaxNames, " names");
  // No number is longer than its range's text, so that no name is longer than the pattern.
  if (count > budget.names) fail_above("the names left of those that patterns may stand for together");
  if (count > budget.bytes / pattern.size()) {
    fail_above("the bytes left of those that patterns may stand for together");
  }
  budget.names -= count;
  budget.bytes -= count * pattern.size();
  std::vector<std::string> names;
  names.reserve(count);
  for (std::size_t i = 0; i < count; ++i) names.push_back(name_at(pieces, i, count));
  return names;
}

std::vector<std::string> expand_braces(const std::string& pattern) {
  PatternBudget budget;
  return expand_braces(pattern, budget);
}

}  // namespace tvts

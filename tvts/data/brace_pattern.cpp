#include "tvts/data/brace_pattern.h"

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

std::vector<std::string> with_each_number(const std::vector<std::string>& names, const Range& range,
                                          const std::string& pattern) {
  const std::size_t count = range.last - range.first + std::size_t{1};
  if (count > kMaxNames / names.size()) {
    fail_usage("the pattern ", pattern, " stands for more than ", kMaxNames, " names; name a folder or a list instead");
  }
  std::vector<std::string> longer;
  longer.reserve(names.size() * count);
  for (const std::string& name : names) {
    for (std::uint32_t number = range.first; number <= range.last; ++number) {
      const std::string digits = std::to_string(number);
      longer.push_back(name + std::string(range.width - std::min(range.width, digits.size()), '0') + digits);
    }
  }
  return longer;
}

}  // namespace

std::vector<std::string> expand_braces(const std::string& pattern) {
  std::vector<std::string> names = {""};
  std::string_view rest = pattern;
  while (!rest.empty()) {
    const auto range = rest[0] == '{' ? range_at_start(rest) : std::nullopt;
    if (range) {
      names = with_each_number(names, *range, pattern);
    } else {
      const std::size_t plain = std::min(rest.find('{', 1), rest.size());
      for (std::string& name : names) name += rest.substr(0, plain);
    }
    rest.remove_prefix(range ? range->length : std::min(rest.find('{', 1), rest.size()));
  }
  return names;
}

}  // namespace tvts

#include "tvts/media/inputs/numbered_names.h"

#include <span>
#include <string_view>

#include "tvts/core/number_in.h"
#include "tvts/core/trimmed.h"

namespace tvts {
namespace {

struct NumberedName {
  std::size_t number = 0;
  std::string_view name;
};
using Split = std::optional<NumberedName> (*)(std::string_view line);

std::optional<NumberedName> number_first(std::string_view line) {
  constexpr std::string_view kBetween = " \t.,:;)";
  const std::size_t end = line.find_first_of(kBetween), begin = line.find_first_not_of(kBetween, end);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto number = number_in<std::size_t>(line.substr(0, end));
  const std::string_view name = trimmed(line.substr(begin));
  return number && !name.empty() ? std::optional(NumberedName{*number, name}) : std::nullopt;
}

std::optional<NumberedName> number_last(std::string_view line) {
  const std::size_t end = line.find_last_of(",;\t");
  if (end == std::string_view::npos) return std::nullopt;
  const auto number = number_in<std::size_t>(trimmed(line.substr(end + 1)));
  const std::string_view name = trimmed(line.substr(0, end));
  return number && !name.empty() ? std::optional(NumberedName{*number, name}) : std::nullopt;
}

std::optional<std::vector<std::string>> in_order(std::span<const std::string> lines, Split split) {
  std::vector<NumberedName> numbered;
  bool from_one = true;
  for (const std::string& line : lines) {
    const auto one = split(line);
    if (!one) return std::nullopt;
    from_one = from_one && one->number > 0;
    numbered.push_back(*one);
  }
  std::vector<std::string> names(numbered.size());
  for (const auto& [number, name] : numbered) {
    const std::size_t index = number - (from_one ? 1 : 0);
    if (index >= names.size() || !names[index].empty()) return std::nullopt;
    names[index] = name;
  }
  return names;
}

}  // namespace

std::optional<std::vector<std::string>> numbered_names(const std::vector<std::string>& lines) {
  const std::span<const std::string> all(lines);
  for (const Split split : {number_first, number_last}) {
    if (lines.empty()) break;
    if (auto names = in_order(all, split)) return names;
    const bool may_be_header =
        lines.size() > 1 && lines[0].find_first_of(",\t") != std::string::npos && !split(lines[0]);
    if (!may_be_header) continue;
    if (auto names = in_order(all.subspan(1), split)) return names;
  }
  return std::nullopt;
}

}  // namespace tvts

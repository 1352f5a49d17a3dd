#include "tvts/train/loop/config_difference.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using LeftOut = std::vector<std::string>;

std::optional<ConfigDifference> difference_at(const std::string& key, const Json& first, const Json& second,
                                              const LeftOut& left_out) {
  if (first == second || std::ranges::find(left_out, key) != left_out.end()) return std::nullopt;
  if (first.is_object() && second.is_object()) {
    for (const auto& [name, value] : first.items()) {
      const std::string inner = key.empty() ? name : concat(key, ".", name);
      if (auto found = difference_at(inner, value, second.value(name, Json()), left_out)) return found;
    }
    return std::nullopt;
  }
  if (first.is_array() && second.is_array()) {
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
      if (auto found = difference_at(concat(key, "[", i, "]"), first[i], second[i], left_out)) return found;
    }
    if (first.size() == second.size()) return std::nullopt;
  }
  return ConfigDifference{.key = key, .first = first.dump(), .second = second.dump()};
}

}  // namespace

std::optional<ConfigDifference> first_difference(const Json& first, const Json& second, const LeftOut& left_out) {
  return difference_at("", first, second, left_out);
}

}  // namespace tvts

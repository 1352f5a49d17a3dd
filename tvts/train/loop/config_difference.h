// Finds the differences of two run configs, for messages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/core/json/parse_json.h"

namespace tvts {

struct ConfigDifference {
  std::string key;            // "optimizer.rate_new", "corpora[0].batch"
  std::string first, second;  // its values, as JSON
};

// The first key of `first`, in its order, that has another value in `second`; nothing where there is none.
// left_out: keys that may differ, with all that is below them.
std::optional<ConfigDifference> first_difference(const Json& first, const Json& second,
                                                 const std::vector<std::string>& left_out);

}  // namespace tvts

// Random features, for tests.
#pragma once

#include <vector>

#include "tvts/core/random.h"

namespace tvts::test {

// [rows, dim], uniform in [-1, 1).
inline std::vector<float> random_rows(std::uint64_t seed, const char* name, std::size_t rows, std::size_t dim) {
  RandomStream random(seed, name);
  std::vector<float> values;
  for (std::size_t i = 0; i < rows * dim; ++i) values.push_back(static_cast<float>(random.uniform() * 2 - 1));
  return values;
}

}  // namespace tvts::test

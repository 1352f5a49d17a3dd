#include "tvts/core/features_file.h"

#include <algorithm>
#include <cmath>

#include "tvts/core/error.h"
#include "tvts/core/npy.h"

namespace tvts {
namespace {

void check_finite(const FeatureMatrix& features, const std::string& path) {
  std::size_t first = features.rows, bad = 0;
  for (std::size_t row = 0; row < features.rows; ++row) {
    const auto begin = features.values.begin() + static_cast<std::ptrdiff_t>(row * features.dim);
    const auto end = begin + static_cast<std::ptrdiff_t>(features.dim);
    if (std::all_of(begin, end, [](float value) { return std::isfinite(value); })) continue;
    first = std::min(first, row);
    ++bad;
  }
  if (bad == 0) return;
  fail_input(path, ": found numbers that are not finite in row ", first, " (", bad,
             " such rows in all); leave them out or make the features again");
}

}  // namespace

FeatureMatrix read_features(const std::string& path) {
  const NpyArray array = read_npy(path);
  if (array.shape.size() != 2 || array.shape[0] < 1 || array.shape[1] < 1) {
    fail_input(path, ": found an array of ", array.shape.size(), " axes, expected features [rows, E], one row or more");
  }
  FeatureMatrix features = {.rows = static_cast<std::size_t>(array.shape[0]),
                            .dim = static_cast<std::size_t>(array.shape[1]),
                            .values = to_float32(array, path)};
  check_finite(features, path);
  return features;
}

}  // namespace tvts

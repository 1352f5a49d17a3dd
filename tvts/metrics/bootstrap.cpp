#include "tvts/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/parallel_for.h"
#include "tvts/core/random.h"
#include "tvts/metrics/mean.h"

namespace tvts {
namespace {

// Between the two nearest of the sorted values; share in [0, 1].
double percentile(const std::vector<double>& sorted, double share) {
  const double position = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - std::floor(position));
}

}  // namespace

Interval bootstrap_mean(std::span<const double> values, const BootstrapOptions& options) {
  TVTS_ASSERT(options.resamples > 0 && options.confidence > 0 && options.confidence < 1);
  if (values.empty()) fail_input("bootstrap: found no value");
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); })) {
    fail_input("bootstrap: a value is not finite");
  }
  std::vector<double> means(options.resamples);
  parallel_for(means.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t resample = begin; resample < end; ++resample) {
      RandomStream stream(options.seed, concat("bootstrap/", resample));
      double sum = 0;
      for (std::size_t i = 0; i < values.size(); ++i) sum += values[stream.below(values.size())];
      means[resample] = sum / static_cast<double>(values.size());
    }
  });
  std::sort(means.begin(), means.end());
  const double tail = (1 - options.confidence) / 2;
  return {.mean = mean_of(values), .low = percentile(means, tail), .high = percentile(means, 1 - tail)};
}

Interval bootstrap_difference(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options) {
  if (a.size() != b.size()) {
    fail_input("bootstrap: found ", a.size(), " and ", b.size(), " values, expected both systems on the same items");
  }
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  return bootstrap_mean(differences, options);
}

}  // namespace tvts

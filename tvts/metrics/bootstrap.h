// The uncertainty of a mean over test items that comes from the choice of the items: percentile bootstrap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tvts {

struct BootstrapOptions {
  std::size_t resamples = 10000;
  double confidence = 0.95;
  std::uint64_t seed = 0;  // the same seed draws the same items, whatever the threads
  std::size_t threads = 1;
};

struct Interval {
  double mean = 0;  // of the values given
  double low = 0, high = 0;
};

// The interval of the mean over items drawn with replacement. Values are in their own unit (recall_hits(): percent).
// Throws Error(kInput) without values or where one is not finite.
Interval bootstrap_mean(std::span<const double> values, const BootstrapOptions& options = {});

// Of the mean of a[i] - b[i]: two systems on the same items. Where it does not hold 0, the choice of the items does not
// explain the difference (the choice of the training's seed still may). Throws as above, and where sizes differ.
Interval bootstrap_difference(std::span<const double> a, std::span<const double> b,
                              const BootstrapOptions& options = {});

}  // namespace tvts

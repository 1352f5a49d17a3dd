// Small made-up features.
#pragma once

#include <torch/torch.h>

#include <functional>
#include <string>

#include "tests/support/error_text.h"
#include "tvts/core/random.h"
#include "tvts/evaluate/probe/probe_set.h"

namespace tvts::test {

inline constexpr std::int64_t kDimensions = 6, kClasses = 3;

// Items whose class lies in their first dimensions, with noise. Class of item i: i mod kClasses.
inline ProbeSet clustered(std::int64_t items, const std::string& stream, double noise = 0.5) {
  RandomStream random(7, stream);
  ProbeSet set = {.name = stream, .features = at::empty({items, kDimensions})};
  for (std::int64_t i = 0; i < items; ++i) {
    for (std::int64_t d = 0; d < kDimensions; ++d) {
      set.features[i][d] =
          (d == i % kClasses ? 1.0 : 0.0) + noise * (2 * random.uniform() - 1) + 0.3 * static_cast<double>(d);
    }
    set.labels.push_back("class " + std::to_string(i % kClasses));
    set.items.push_back({.path = "video " + std::to_string(i) + ".mp4", .start = 0, .end = 2});
  }
  return set;
}

}  // namespace tvts::test

// Trains a probe on one split of features and tests it on another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/evaluate/probe/linear_probe.h"
#include "tvts/evaluate/probe/probe_options.h"
#include "tvts/evaluate/probe/probe_set.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/bootstrap.h"

namespace tvts {

struct ProbeOutcome {
  std::vector<std::string> classes;
  std::vector<std::size_t> right;     // [items] of the test split: their classes
  std::vector<float> scores;          // [items, classes]
  std::optional<LinearProbe> linear;  // of the features as they were given; none of the neighbours
  std::vector<double> losses;         // SGD: of every epoch; L-BFGS: of every evaluation

  Accuracy accuracy;
  Interval top1;  // 95 %, over the choice of the test items
  std::vector<ClassAccuracy> per_class;
  double mean_per_class = 0;  // top-1, percent, over the classes that have test items
};

// Throws Error(kInput) where the splits do not fit together or the labels make no classes, Error(kUsage) for options
// that make no sense, and what `progress` throws.
ProbeOutcome run_probe(const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options,
                       const ProbeProgress& progress);

}  // namespace tvts

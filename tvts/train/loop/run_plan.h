// Plans a run before it begins: nothing is written and no weight is read.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "tvts/train/loop/train_config.h"

namespace tvts {

struct RunPlan {
  int64_t trained_parameters = 0, frozen_parameters = 0;
  // Bytes, of one rank.
  double weight_bytes = 0, gradient_bytes = 0, moment_bytes = 0, activation_bytes = 0;
  double multiply_adds = 0;          // of a step, over all ranks, mean over the corpora
  int64_t steps = 0;                 // of the run; 0 while a corpus is missing
  std::vector<std::string> missing;  // a sentence each: files that the run needs and that are not there
};

// world_size: ranks to plan for. Throws Error(kInput, kUsage) when neither `model` nor `start` states the model's
// sizes.
RunPlan plan_run(const TrainConfig& config, int64_t world_size, std::stop_token stop);

// Multiply-adds a second of a bare matrix product on the device in the config's precision, from a third of a second.
// Throws Error(kUsage) when the device is not there.
double matrix_product_rate(const TrainConfig& config);

// The share of that rate that steps of a large model reach; small ones reach less (docs/performance.md).
inline constexpr double kShareOfMatrixRate = 0.7;

}  // namespace tvts

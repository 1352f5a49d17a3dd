// The computation and the memory of a training step, from sizes alone (docs/pretraining.md has the formulas).
#pragma once

#include "tvts/config/model_config.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

struct StepCost {
  double multiply_adds = 0;     // of all ranks, forward and backward
  double activation_bytes = 0;  // of one rank, at the end of the forward pass: an estimate
};

// A step on a batch of the corpus, with all its accumulated parts.
StepCost step_cost(const ModelConfig& model, const TrainConfig& config, const CorpusConfig& corpus, int64_t world_size);

}  // namespace tvts

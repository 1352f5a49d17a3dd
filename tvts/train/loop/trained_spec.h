// The specification in the model files of a run.
#pragma once

#include "tvts/config/model_spec.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

// The start's spec, but for what the run decides: the preprocessing and the pooling that it trained on, the origin and
// the notice.
ModelSpec trained_spec(const ModelSpec& start, const TrainConfig& config, int64_t steps);

}  // namespace tvts

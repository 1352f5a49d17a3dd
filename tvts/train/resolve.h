// A config's words as the options of the parts.
#pragma once

#include "tvts/objective/objective.h"
#include "tvts/train/optimizer.h"
#include "tvts/train/schedule.h"
#include "tvts/train/train_config.h"

namespace tvts {

// The config was validated.
ObjectiveOptions objective_options(const TrainConfig& config);
OptimizerOptions optimizer_options(const TrainConfig& config);
ScheduleOptions schedule_options(const TrainConfig& config);
// text_layers: of the model. The stage image-text freezes nothing. Throws Error(kUsage) when more are to be frozen.
FreezeOptions freeze_options(const TrainConfig& config, int64_t text_layers);

}  // namespace tvts

// Turns a run's config into the options of its parts.
#pragma once

#include "tvts/train/loop/optimizer.h"
#include "tvts/train/loop/schedule.h"
#include "tvts/train/loop/train_config.h"
#include "tvts/train/objective/objective.h"

namespace tvts {

bool is_on_cpu(const TrainConfig& config);

// The config was validated and its precision decided (run_precision.h).
ObjectiveOptions objective_options(const TrainConfig& config);
OptimizerOptions optimizer_options(const TrainConfig& config);
ScheduleOptions schedule_options(const TrainConfig& config);
// text_layers: of the model. The stage image-text freezes nothing. Throws Error(kUsage) when more are to be frozen.
FreezeOptions freeze_options(const TrainConfig& config, int64_t text_layers);
// Into how many parts a rank's batch is split (BatchGradients): what the config states, or eight of a small model's on
// CPUs. Nothing of the machine counts.
int64_t batch_parts(const TrainConfig& config, int64_t trained_parameters);

}  // namespace tvts

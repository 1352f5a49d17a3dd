// Prints the plan of a training run for `tvts pretrain --dry-run`.
#pragma once

#include <stop_token>

#include "tvts/train/loop/train_config.h"

namespace tvts::cli {

// Returns the exit code: kSomeInputsFailed when something that the run needs is not there.
int print_plan(const TrainConfig& config, std::stop_token stop);

}  // namespace tvts::cli

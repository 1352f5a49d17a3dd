// Chooses the precision of a run whose config says "auto".
#pragma once

#include <string>

#include "tvts/train/loop/train_config.h"
#include "tvts/train/objective/collective.h"

namespace tvts {

// The config with its precision decided, by rank 0 for all: "auto" becomes what the run in config.output was begun
// with, else bf16 where the device computes in it by hardware (bfloat16_hardware.h), else fp32. Rank 0 says in the log
// what was chosen and why, and warns where bf16 is emulated. Every rank calls it, with the same config.
TrainConfig with_precision(TrainConfig config, Collective& collective);

}  // namespace tvts

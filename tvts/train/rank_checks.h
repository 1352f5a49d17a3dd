// What must hold between the ranks of a run before it begins.
#pragma once

#include "tvts/objective/collective.h"
#include "tvts/train/train_config.h"

namespace tvts {

// Every rank has found the checkpoint of the same step. Throws Error(kInput) where the ranks do not share the output
// folder. Every rank calls it.
void require_same_step(int64_t step, Collective& collective);

// A sentence when a run whose loss depends on the number of ranks (the published gather gradient) has another number
// than its config was made for; else empty.
std::string world_size_warning(const TrainConfig& config, int64_t world_size);

}  // namespace tvts

// Checks that the ranks of a run agree before it begins. Every rank calls these; what one of them throws, it throws on
// every rank.
#pragma once

#include "tvts/train/loop/train_config.h"
#include "tvts/train/objective/collective.h"

namespace tvts {

// All ranks run the same code with the same config. Of `model` and `start` the content is compared, not the path; where
// a rank computes and reads may differ (device, data.workers, data.cache). Throws Error(kUsage) naming the first key
// that differs.
void require_same_run(const TrainConfig& config, const std::string& code_version, Collective& collective);

// Every corpus has as many samples here as on every rank. sizes: by corpus. Throws Error(kInput) naming the corpus.
void require_same_samples(const TrainConfig& config, const std::vector<int64_t>& sizes, Collective& collective);

// Batches divide among so many ranks. Throws Error(kInput) naming the corpus.
void require_batches_divide(const TrainConfig& config, int64_t world_size);

// Every rank has found the checkpoint of the same step. Throws Error(kInput) where the ranks do not share the output
// folder.
void require_same_step(int64_t step, Collective& collective);

// A sentence when a run whose loss depends on the number of ranks (the published gather gradient) has another number
// than its config was made for; else empty.
std::string world_size_warning(const TrainConfig& config, int64_t world_size);

}  // namespace tvts

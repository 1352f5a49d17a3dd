// One pre-training run, from its config to its model file.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "tvts/core/progress.h"
#include "tvts/train/loop/train_config.h"
#include "tvts/train/objective/collective.h"

namespace tvts {

struct StepRecord;  // training_log.h

// The values that a run gets from the program that starts it.
struct RunContext {
  std::string vocabulary_path;             // CLIP's merges
  std::string code_version;                // left in the run's record
  JobProgress* progress = &no_progress();  // of rank 0: the stage "clips"
  // On rank 0 after every step, with what that step was like; steps: of the whole run. May throw to end the run.
  std::function<void(const StepRecord& step, int64_t steps)> on_step;
};

// Trains from the start, or from the newest checkpoint of config.output when it is of the same config. Every rank calls
// it with its own collective; rank 0 writes:
//   config.json        every key of the config that runs, and the version that runs it
//   log.jsonl          docs/pretraining.md; curves.html and curves.svg show it
//   checkpoints/       run_state.h
//   model.safetensors  the trained model without its sort head, at the end
// Returns the path of the model. Throws Error(kInterrupted) on stop, after a checkpoint; Error(kFailed) when the loss
// is no number or climbs, naming the last good checkpoint; what the parts throw.
std::string train(const TrainConfig& config, const RunContext& context, Collective& collective, std::stop_token stop);

}  // namespace tvts

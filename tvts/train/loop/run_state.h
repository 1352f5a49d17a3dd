// The state of a run at a step, and its checkpoints on disk: OUTPUT/checkpoints/step_00001000/ with model.safetensors
// (a model file like any other, sort head included), optimizer.safetensors, state.json and the run's config.json. The
// step is the state of every sampler and random stream too: what is drawn depends on the seed and on names alone. A
// folder appears whole, under its name, when all is in it.
#pragma once

#include <optional>
#include <string>

#include "tvts/config/model_spec.h"
#include "tvts/train/loop/optimizer.h"

namespace tvts {

struct RunState {
  int64_t step = 0;   // steps done
  int64_t clips = 0;  // seen, over all ranks
};

// Writes the checkpoint of state.step below `folder` and removes the oldest beyond the last `keep`.
// Returns its path. Throws Error(kFailed) when it cannot be written; earlier checkpoints are not changed.
std::string save_checkpoint(const std::string& folder, const DualEncoder& model, const ModelSpec& spec,
                            const Optimizer& optimizer, const std::string& config_json, const RunState& state,
                            int64_t keep);

// The newest whole checkpoint below `folder`; nothing when there is none.
std::optional<std::string> newest_checkpoint(const std::string& folder);

// Fills the model's and the optimiser's values. Throws Error(kInput) when a file is damaged or of another model,
// Error(kUsage) when it was trained on another preprocessing.
RunState load_checkpoint(const std::string& checkpoint, Preprocess preprocess, DualEncoder& model,
                         Optimizer& optimizer);

}  // namespace tvts

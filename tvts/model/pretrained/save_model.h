// Writes model files of our own form (docs/formats-model.md), whole or not at all.
#pragma once

#include <cstdint>
#include <string>

#include "tvts/model/plain/dual_encoder.h"
#include "tvts/model/weights/model_state.h"

namespace tvts {

// A state read from any form, one tensor in memory at a time. seed: of tensors that start at random.
void save_state(const std::string& path, const ModelState& state, std::uint64_t seed);

// A model in memory, its sort head too where it has one. The spec's config is the model's.
void save_model(const std::string& path, const DualEncoder& model, const ModelSpec& spec);

}  // namespace tvts

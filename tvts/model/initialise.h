// Random weights for a new model.
#pragma once

#include <cstdint>

#include "tvts/model/dual_encoder.h"

namespace tvts {

enum class TemporalStart {
  kRandom,  // as Linear layers usually start: uniform by fan-in
  kZero     // t = 0 with gradients that still flow: qkv 0, the projection's weight 1 and bias 0
};

// Fills every weight as CLIP starts its own (the deviations of its paper's code), drawn uniformly so that a seed gives
// the same bits on every machine.
void initialise(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start);

}  // namespace tvts

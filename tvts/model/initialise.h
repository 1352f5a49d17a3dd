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

// The same for a part: what time adds to an image encoder (timeattn, ln_3, temporal_embedding), or the sort head.
void initialise_temporal(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start);
void initialise_sort_head(DualEncoder& model, std::uint64_t seed);

}  // namespace tvts

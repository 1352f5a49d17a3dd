// Random weights for a new model.
#pragma once

#include <cstdint>

#include "tvts/model/plain/dual_encoder.h"

namespace tvts {

enum class TemporalStart {
  kRandom,  // as Linear layers usually start: uniform by fan-in
  kZero,    // t = 0 with gradients that still flow: qkv 0, the projection's weight 1 and bias 0
  kQuiet    // queries, keys and values as kRandom, the projection 0: t = 0, and gradients of full rank at once
};

// Fills every weight as CLIP starts its own (the deviations of its paper's code), drawn uniformly so that a seed gives
// the same bits on every machine. position_deviation: of positional and temporal embeddings; 0: width^-0.5, CLIP's,
// which is little beside a patch's own 0.6: small models learn positions and times sooner with a larger one.
void initialise(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start, double position_deviation = 0);

// The same for a part: what time adds to an image encoder (timeattn, ln_3, temporal_embedding), or the sort head.
void initialise_temporal(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start,
                         double position_deviation = 0);
void initialise_sort_head(DualEncoder& model, std::uint64_t seed);

}  // namespace tvts

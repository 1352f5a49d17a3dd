// The numbers of one tensor of a model state: from its file, or as it starts fresh.
#pragma once

#include <cstdint>
#include <span>

#include "tvts/model/weights/model_state.h"

namespace tvts {

// Fills `out` (as many values as the entry's shape has). seed: of the draws of a random start.
void write_values(const StateEntry& entry, std::uint64_t seed, std::span<float> out);

}  // namespace tvts

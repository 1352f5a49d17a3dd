// Attention over the patches of each frame by libtorch's fused attention, the CLS key merged afterwards: for CPUs whose
// tiles (AMX) multiply bfloat16 many times as fast as our kernels multiply float32.
#pragma once

#include "tvts/fast/token_attention.h"

namespace tvts {

// Whether this CPU is one, for rows of a type.
bool has_tiles_for(at::ScalarType type);

// Writes the patches' rows of `out`, [rows, D]; right on every CPU.
void attend_over_space_by_tiles(const TokenHeads& tokens, ClipRows grid, const at::Tensor& out);

}  // namespace tvts

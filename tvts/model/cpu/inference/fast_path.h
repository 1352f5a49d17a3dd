// The one predicate that decides where the fast path runs.
#pragma once

#include <torch/torch.h>

#include "tvts/model/cpu/inference/linear_input.h"

namespace tvts {

// On CPUs with AVX2; products in bfloat16 where the CPU has instructions for them (AVX-512 BF16, AMX), in
// bytes everywhere. Elsewhere the plain model runs. ATEN_CPU_CAPABILITY and ONEDNN_MAX_CPU_ISA restrict it as they
// restrict libtorch. Call this before taking the fast path: it also restricts the kernels to AVX2 where libtorch is.
bool takes_fast_path(at::Device device, const Products& products);

// Of float32 and bfloat16 the type whose products run clearly faster on this CPU, by a measurement of some milliseconds
// at the first call: instructions for bfloat16 are no proof, since some CPUs have slow ones.
at::ScalarType fastest_type();

}  // namespace tvts

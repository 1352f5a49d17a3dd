// Where the fast path runs: one predicate, in one place.
#pragma once

#include <torch/torch.h>

namespace tvts {

// On CPUs with AVX2; products in bfloat16 where the CPU has instructions for them (AVX-512 BF16, AMX). Elsewhere the
// plain model runs. ATEN_CPU_CAPABILITY and ONEDNN_MAX_CPU_ISA restrict it as they restrict libtorch.
bool takes_fast_path(at::Device device, at::ScalarType type);

}  // namespace tvts

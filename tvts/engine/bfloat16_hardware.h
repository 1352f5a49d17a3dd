// Tells whether a CPU computes in bfloat16 by hardware or emulates it.
#pragma once

namespace tvts {

// Whether the CPU multiplies matrices of bfloat16 by instructions of its own (AVX-512 BF16 or AMX): by its features
// and not by a measurement, so that the answer is always the same. ATEN_CPU_CAPABILITY and ONEDNN_MAX_CPU_ISA restrict
// it as they restrict libtorch.
bool has_bfloat16_hardware();

// How many times longer than in float32 training takes in bfloat16 where it is emulated: about what to expect
// (docs/pretraining.md).
double emulated_bfloat16_factor();

}  // namespace tvts

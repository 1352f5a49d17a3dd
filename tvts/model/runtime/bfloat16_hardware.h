// Tells whether a CPU computes in bfloat16 by hardware or emulates it.
#pragma once

namespace tvts {

// True if the CPU multiplies matrices of bfloat16 by instructions of its own (AVX-512 BF16 or AMX): by its features
// and not by a measurement, so that the answer is always the same. ATEN_CPU_CAPABILITY and ONEDNN_MAX_CPU_ISA restrict
// it as they restrict libtorch.
bool has_bfloat16_hardware();

// The slowdown of training in emulated bfloat16 against float32: about what to expect
// (docs/pretraining.md).
double emulated_bfloat16_factor();

}  // namespace tvts

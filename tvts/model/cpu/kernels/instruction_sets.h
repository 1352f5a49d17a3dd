// The instruction set that the kernels use: the best that the CPU has.
#pragma once

namespace tvts {

// No AVX-512, whatever the CPU has. For the whole process, from now on.
void use_avx2_at_most();

}  // namespace tvts

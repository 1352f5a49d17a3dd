// Which of the CPU's instruction sets the kernels use: the best that it has.
#pragma once

namespace tvts {

// No AVX-512, whatever the CPU has. For the whole process, from now on.
void use_avx2_at_most();

}  // namespace tvts

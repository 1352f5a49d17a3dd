// QuickGELU: x sigmoid(1.702 x), in place.
#pragma once

#include <cstddef>

#include "tvts/kernels/bfloat16.h"

namespace tvts {

void quick_gelu(float* x, std::size_t size);
void quick_gelu(Bfloat16* x, std::size_t size);

}  // namespace tvts

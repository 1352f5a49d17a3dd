// QuickGELU, x sigmoid(1.702 x), and its gradient.
#pragma once

#include <cstddef>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

// In place.
void quick_gelu(float* x, std::size_t size);
void quick_gelu(Bfloat16* x, std::size_t size);

// gradient: of QuickGELU's result at x; becomes that of x.
void quick_gelu_backward(const float* x, std::size_t size, float* gradient);
void quick_gelu_backward(const Bfloat16* x, std::size_t size, Bfloat16* gradient);

}  // namespace tvts

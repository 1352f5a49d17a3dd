// The gradient of LayerNorm over rows.
#pragma once

#include <cstddef>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

struct LayerNormBackwardRows {
  const float* x;  // [rows, width]
  const float* gain;
  float epsilon;
  std::size_t rows, width;
  float* x_gradient;                     // [rows, width]: the gradient is added to it
  float *gain_gradient, *bias_gradient;  // [width]: the rows' shares are added to them
};

// Of out = gain normal(x + add) + bias with the gradient of `out`, [rows, width]; add: [rows, width], or null for none.
// alone: x's gradient without what x_gradient held, [rows, width], or null.
void layer_norm_backward(const LayerNormBackwardRows& rows, const float* add, const float* out_gradient, float* alone);
void layer_norm_backward(const LayerNormBackwardRows& rows, const Bfloat16* add, const Bfloat16* out_gradient,
                         Bfloat16* alone);

}  // namespace tvts

// LayerNorm over rows, with the residual sum before it and the rounding after it in the same pass.
#pragma once

#include <cstddef>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

struct LayerNormRows {
  float* x;                  // [rows, width]
  bool keep_sum;             // x becomes x + add
  const float *gain, *bias;  // [width]
  float epsilon;
  std::size_t rows, width;
};

// out = gain (y - mean(y)) / sqrt(var(y) + epsilon) + bias for y = x + add, row by row, computed in float32.
// add: [rows, width], or null for none. out: [rows, width].
void layer_norm(const LayerNormRows& rows, const float* add, float* out);
void layer_norm(const LayerNormRows& rows, const Bfloat16* add, Bfloat16* out);

}  // namespace tvts

// Softmax over rows of scores, for attention whose products are made elsewhere: weights that are not yet divided by
// their sum, and the division once they have mixed the values.
#pragma once

#include <cstddef>

#include "tvts/model/cpu/kernels/bfloat16.h"
#include "tvts/model/cpu/kernels/padding.h"

namespace tvts {

// [rows, count]; rows lie `stride` numbers apart, a multiple of kRowPadding, and are overwritten past `count`.
struct ScoreRows {
  float* scores;
  std::size_t stride;
  std::size_t rows, count;  // count: 1 or more
  float scale;              // of the scores
};

// weights = exp(scale (scores - their row's largest)), zeros from `count` to weight_stride, which is at least `count`
// padded; inverse_sums: [rows], one over the sum of a row's weights. Both within 1e-4 of themselves, before weights are
// rounded.
void softmax_weights(const ScoreRows& from, Bfloat16* weights, std::size_t weight_stride, float* inverse_sums);

// out = x * factors' number for the row. x: [rows, width].
void scale_rows(const float* x, std::size_t rows, std::size_t width, const float* factors, Bfloat16* out,
                std::size_t out_stride);

}  // namespace tvts

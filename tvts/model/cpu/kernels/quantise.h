// Rows of numbers in 8 bits for matrix products, and back.
//
// A row's few outlier columns, whose size would leave the others few steps, are left as they are and multiplied
// in float32 (Dettmers et al., LLM.int8(), 2022, section 3).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

constexpr float kMostSteps = 127;

// Row by row: byte = 128 + round(x / scale) with the row's own scale, its largest magnitude / steps. A row with a value
// that is not finite has the scale NaN.
template <class T>
struct QuantiseRows {
  T* x;  // [rows, width]; 0 afterwards in the outlier columns
  std::size_t rows, width;
  float steps = kMostSteps;
  const std::int64_t* outlier_columns;
  std::size_t outliers;
  std::uint8_t* bytes;    // [rows, width]
  float* scales;          // [rows]
  float* outlier_values;  // [rows, outliers]
};
void quantise(const QuantiseRows<float>& rows);
void quantise(const QuantiseRows<Bfloat16>& rows);

// Completes the product of such rows with a weight, in place: x = scale x + outlier_values outlier_weight + bias.
template <class T>
struct DequantiseRows {
  T* x;  // [rows, width]
  std::size_t rows, width;
  const float* scales;          // [rows]
  const float* outlier_values;  // [rows, outliers]
  const float* outlier_weight;  // [outliers, width]
  std::size_t outliers;
  const float* bias;  // [width]
};
void dequantise(const DequantiseRows<float>& rows);
void dequantise(const DequantiseRows<Bfloat16>& rows);

}  // namespace tvts

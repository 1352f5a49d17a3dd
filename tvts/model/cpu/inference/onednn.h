// oneDNN's matrix products, which libtorch offers through its dispatcher alone.
#pragma once

#include <torch/torch.h>

namespace tvts::onednn {

// weight [out, in], laid out for products of float32 or bfloat16 rows.
at::Tensor packed(const at::Tensor& weight);

// x [rows, in], weight as packed() gives it, bias [out] or undefined -> [rows, out], all of one type.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

// weight int8 [out, in], laid out for products of uint8 rows.
at::Tensor packed_bytes(const at::Tensor& weight);

// (x - 128) weight^T scales: x uint8 [rows, in], weight as packed_bytes() gives it, scales float32 [out] -> [rows, out]
// of `type`, float32 or bfloat16.
at::Tensor linear_of_bytes(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& scales,
                           at::ScalarType type);

// The largest magnitude of a weight's bytes with which linear_of_bytes() is exact: 127, or 63 where the CPU adds
// products of bytes in 16 bits (AVX2 without VNNI).
int largest_weight_byte();

}  // namespace tvts::onednn

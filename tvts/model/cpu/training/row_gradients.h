// Gradients of the operations of a block of the fast path, over tokens that lie in rows
// (tvts/model/cpu/inference/token_attention.h). Rows are float32 or bfloat16, the type that matrix products run in;
// weights and their gradients are float32.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"
#include "tvts/model/cpu/inference/token_attention.h"
#include "tvts/model/cpu/inference/token_passes.h"

namespace tvts {

struct LinearWeights {
  at::Tensor weight, bias;  // float32 [out, in], [out]
};

// x weight^T + bias: [rows, in] -> [rows, out]
at::Tensor linear_rows(const at::Tensor& x, const LinearWeights& layer);

struct LinearGradient {
  at::Tensor x;             // [rows, in]
  at::Tensor weight, bias;  // float32
};
// out_gradient: [rows, out]
LinearGradient linear_gradient(const at::Tensor& out_gradient, const at::Tensor& x, const LinearWeights& layer);

// LayerNorm(x + add) as rows of a type. x: float32 [rows, D]; add: [rows, D] of that type, or undefined.
at::Tensor norm_rows(const at::Tensor& x, const at::Tensor& add, const NormWeights& norm, at::ScalarType type);

struct NormGradient {
  at::Tensor gain, bias;  // float32 [D]
  at::Tensor alone;       // x's gradient by itself, of out_gradient's type; undefined unless requested
};
enum class Alone { kWanted, kNotWanted };
// Adds x's gradient to x_gradient, float32 [rows, D].
NormGradient norm_gradient(const at::Tensor& out_gradient, const at::Tensor& x, const at::Tensor& add,
                           const NormWeights& norm, const at::Tensor& x_gradient, Alone alone);

at::Tensor activation_rows(const at::Tensor& x, Activation activation);
// out_gradient is overwritten.
at::Tensor activation_gradient(const at::Tensor& out_gradient, const at::Tensor& x, Activation activation);

// qkv: [rows, 3 D], q, k and v beside each other.
at::Tensor attention_rows(const at::Tensor& qkv, int64_t heads, ClipRows grid, AttentionAxis axis);
// Of the CLS tokens alone: [B, D].
at::Tensor attention_of_cls(const at::Tensor& qkv, int64_t heads, ClipRows grid);
// out_gradient: [rows, D] -> [rows, 3 D]
at::Tensor attention_gradient(const at::Tensor& out_gradient, const at::Tensor& qkv, int64_t heads, ClipRows grid,
                              AttentionAxis axis);

}  // namespace tvts

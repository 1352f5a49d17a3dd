// Scaled dot-product attention, as the equation stands.
#pragma once

#include <torch/torch.h>

namespace tvts {

// softmax(q k^T / sqrt(head_dim) + mask) over the keys, in float32.
// q [..., Q, head_dim], k [..., K, head_dim], mask [Q, K] or undefined -> [..., Q, K]
at::Tensor attention_weights(const at::Tensor& q, const at::Tensor& k, const at::Tensor& mask = {});

// attention_weights(q, k, mask) v: -> [..., Q, head_dim]
at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask = {});

// Queries, keys and values of every head, [B, H, L, head_dim] each.
struct Heads {
  at::Tensor q, k, v;
};

// qkv [B, L, 3 * D], as one Linear gives it: q, k and v beside each other, heads contiguous inside each.
Heads split_heads(const at::Tensor& qkv, int64_t heads);

// [B, H, L, head_dim] -> [B, L, D]
at::Tensor merge_heads(const at::Tensor& x);

}  // namespace tvts

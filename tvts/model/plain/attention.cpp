#include "tvts/model/plain/attention.h"

#include <cmath>

namespace tvts {

at::Tensor attention_weights(const at::Tensor& q, const at::Tensor& k, const at::Tensor& mask) {
  const double scale = 1.0 / std::sqrt(static_cast<double>(q.size(-1)));
  at::Tensor scores = at::matmul(q * scale, k.transpose(-2, -1)).to(at::kFloat);
  if (mask.defined()) scores = scores + mask;
  return at::softmax(scores, -1);
}

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask) {
  return at::matmul(attention_weights(q, k, mask).to(v.scalar_type()), v);
}

Heads split_heads(const at::Tensor& qkv, int64_t heads) {
  const at::Tensor parts = qkv.unflatten(-1, {3, heads, -1}).permute({2, 0, 3, 1, 4});  // [3, B, H, L, head_dim]
  return {.q = parts[0], .k = parts[1], .v = parts[2]};
}

at::Tensor merge_heads(const at::Tensor& x) { return x.transpose(1, 2).flatten(2); }

}  // namespace tvts

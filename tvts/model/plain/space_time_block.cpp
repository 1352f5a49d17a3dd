#include "tvts/model/plain/space_time_block.h"

namespace tvts {

SpaceTimeBlockImpl::SpaceTimeBlockImpl(int64_t width, int64_t heads, Activation activation)
    : ln_1_(register_module("ln_1", LayerNorm(width))),
      ln_2_(register_module("ln_2", LayerNorm(width))),
      ln_3_(register_module("ln_3", LayerNorm(width))),
      attn_(register_module("attn", DividedAttention(width, heads, AttentionAxis::kSpace))),
      timeattn_(register_module("timeattn", DividedAttention(width, heads, AttentionAxis::kTime))),
      mlp_(register_module("mlp", Mlp(width, activation))) {}

at::Tensor SpaceTimeBlockImpl::after_time(const at::Tensor& x, TokenGrid grid) {
  const at::Tensor t = timeattn_(ln_3_(x), grid);
  return x + t;
}

at::Tensor SpaceTimeBlockImpl::space_and_mlp(const at::Tensor& x, const at::Tensor& x_and_time, TokenGrid grid) {
  const at::Tensor s = attn_(ln_1_(x_and_time), grid);
  const at::Tensor y = x + s;
  return y + mlp_(ln_2_(y));
}

at::Tensor SpaceTimeBlockImpl::forward(const at::Tensor& x, TokenGrid grid) {
  return space_and_mlp(x, after_time(x, grid), grid);
}

BlockWeights SpaceTimeBlockImpl::attention_weights(const at::Tensor& x, TokenGrid grid) {
  return {.space = attn_->weights(ln_1_(after_time(x, grid)), grid), .time = timeattn_->weights(ln_3_(x), grid)};
}

at::Tensor SpaceTimeBlockImpl::forward_image(const at::Tensor& x, TokenGrid grid) { return space_and_mlp(x, x, grid); }

}  // namespace tvts

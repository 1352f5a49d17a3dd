// One block of the video encoder.
#pragma once

#include "tvts/model/plain/divided_attention.h"
#include "tvts/model/plain/layers.h"

namespace tvts {

// The attention weights of a block.
struct BlockWeights {
  DividedWeights space, time;
};

//   t   = timeattn(ln_3(x))
//   s   = attn(ln_1(x + t))
//   y   = x + s              on purpose from x, not from x + t: what time adds reaches the stream only through space
//   out = y + mlp(ln_2(y))
class SpaceTimeBlockImpl : public torch::nn::Module {
 public:
  SpaceTimeBlockImpl(int64_t width, int64_t heads, Activation activation);
  at::Tensor forward(const at::Tensor& x, TokenGrid grid);  // [B, 1 + T*n, D] -> [B, 1 + T*n, D]

  // The weights that forward() uses on the same input.
  BlockWeights attention_weights(const at::Tensor& x, TokenGrid grid);

  // The block of an image encoder: t = 0.
  at::Tensor forward_image(const at::Tensor& x, TokenGrid grid);

 private:
  at::Tensor after_time(const at::Tensor& x, TokenGrid grid);
  at::Tensor space_and_mlp(const at::Tensor& x, const at::Tensor& x_and_time, TokenGrid grid);

  LayerNorm ln_1_, ln_2_, ln_3_;
  DividedAttention attn_, timeattn_;
  Mlp mlp_;
};
TORCH_MODULE(SpaceTimeBlock);

}  // namespace tvts

// Divided space-time attention (paper 3.1; docs/model.md). The CLS query attends to every token. A patch query attends
// to the CLS key and to the patches of its own frame (space) or of its own cell over all frames (time).
#pragma once

#include <torch/torch.h>

#include "tvts/model/plain/attention.h"
#include "tvts/model/plain/layers.h"

namespace tvts {

enum class AttentionAxis { kSpace, kTime };

// Token order: CLS, then frame-major: all patches of frame 0, of frame 1, ...
struct TokenGrid {
  int64_t frames;   // T
  int64_t patches;  // n, the patches kept of each frame
};

// heads: [B, H, 1 + T*n, head_dim] each -> [B, H, 1 + T*n, head_dim]
at::Tensor divided_attention(const Heads& heads, TokenGrid grid, AttentionAxis axis);

// The weights that divided_attention() sums the values with; each row sums to 1. The first key is CLS.
struct DividedWeights {
  at::Tensor cls;      // [B, H, 1 + T*n]: of the CLS query, over all tokens
  at::Tensor patches;  // of the patch queries: space [B, H, T, n, 1 + n], over CLS and the patches of the frame;
                       // time [B, H, n, T, 1 + T], over CLS and the cell's patches in all frames
};
DividedWeights divided_attention_weights(const Heads& heads, TokenGrid grid, AttentionAxis axis);

class DividedAttentionImpl : public torch::nn::Module {
 public:
  DividedAttentionImpl(int64_t width, int64_t heads, AttentionAxis axis);
  at::Tensor forward(const at::Tensor& x, TokenGrid grid);  // [B, 1 + T*n, D] -> [B, 1 + T*n, D]
  DividedWeights weights(const at::Tensor& x, TokenGrid grid);

 private:
  int64_t heads_;
  AttentionAxis axis_;
  Linear qkv_, proj_;
};
TORCH_MODULE(DividedAttention);

}  // namespace tvts

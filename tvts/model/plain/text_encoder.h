// CLIP's text encoder. Its members carry the names that checkpoints give them at the top level: text_*.
#pragma once

#include <vector>

#include "tvts/config/model_config.h"
#include "tvts/model/plain/layers.h"

namespace tvts {

// A pre-norm block with causal attention.
class TextBlockImpl : public torch::nn::Module {
 public:
  TextBlockImpl(int64_t width, int64_t heads, Activation activation);
  at::Tensor forward(const at::Tensor& x, const at::Tensor& mask);  // [B, L, D], [L, L] -> [B, L, D]

 private:
  // Under the names of an attention that stacks q, k and v: attn.in_proj_weight, attn.out_proj.
  class AttentionImpl : public torch::nn::Module {
   public:
    AttentionImpl(int64_t width, int64_t heads);
    at::Tensor forward(const at::Tensor& x, const at::Tensor& mask);

   private:
    int64_t heads_;
    at::Tensor in_proj_weight_, in_proj_bias_;  // [3 D, D], [3 D]
    Linear out_proj_;
  };

  LayerNorm ln_1_, ln_2_;
  std::shared_ptr<AttentionImpl> attn_;
  Mlp mlp_;
};
TORCH_MODULE(TextBlock);

class TextEncoderImpl : public torch::nn::Module {
 public:
  explicit TextEncoderImpl(const ModelConfig& config);

  // ids: int64 [B, L], L up to context_length -> features [B, E], not normalised.
  // Throws Error(kInput) when a shape or an id does not fit.
  at::Tensor forward(const at::Tensor& ids);

  void set_recompute(bool recompute) { recompute_ = recompute; }  // as VideoEncoder

  // forward() in its two steps: every position after the last block and ln_final, then the feature at the end of text.
  at::Tensor hidden(const at::Tensor& ids);                            // [B, L, D]
  at::Tensor output(const at::Tensor& hidden, const at::Tensor& ids);  // [B, E]

 private:
  class TokenEmbedding;

  TextConfig config_;
  bool recompute_ = false;
  std::shared_ptr<TokenEmbedding> token_embedding_;
  at::Tensor positional_embedding_;  // [context_length, D]
  at::Tensor projection_;            // [D, E]
  std::shared_ptr<TransformerImpl<TextBlock>> transformer_;
  LayerNorm ln_final_;
};
TORCH_MODULE(TextEncoder);

}  // namespace tvts

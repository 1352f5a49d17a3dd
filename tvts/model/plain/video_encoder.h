// The video encoder (paper 3.1): a CLIP image encoder whose blocks also attend over time.
#pragma once

#include <vector>

#include "tvts/config/model_config.h"
#include "tvts/model/plain/space_time_block.h"

namespace tvts {

struct VideoFeatures {
  at::Tensor embedding;  // [B, E], not normalised
  at::Tensor tokens;     // [B, 1 + T*n, E], CLS first (B kind); [B, T*n, E], patches only (H kind)
};

// The token stream between blocks.
struct TokenStream {
  at::Tensor x;  // [B, 1 + T*n, D]
  TokenGrid grid;
};

class VideoEncoderImpl : public torch::nn::Module {
 public:
  explicit VideoEncoderImpl(const ModelConfig& config);

  // video [B, T, 3, R, R], or [B, 3, R, R] for one-frame videos; T up to num_frames. keep: the tube mask, int64 [B, n],
  // or undefined. Throws Error(kInput) when a shape does not fit.
  VideoFeatures forward(const at::Tensor& video, const at::Tensor& keep = {});

  // Each image alone, as the CLIP image encoder inside: t = 0, no temporal embedding. [B, 3, R, R] -> [B, E]
  at::Tensor forward_images(const at::Tensor& images);

  // The attention weights of block `layer` (0 is the first) in forward(video, keep). Throws as forward() does.
  BlockWeights attention_weights(const at::Tensor& video, const at::Tensor& keep, int64_t layer);

  // In training, whether blocks are computed again in the backward pass instead of kept (recompute.h).
  void set_recompute(bool recompute) { recompute_ = recompute; }
  bool recomputes() const { return recompute_; }

  // forward() in its three steps: what comes out of ln_pre; one block after the other; the output projection.
  TokenStream embed_patches(const at::Tensor& video, const at::Tensor& keep = {});
  std::vector<SpaceTimeBlock>& resblocks() { return transformer_->resblocks; }
  VideoFeatures output(const at::Tensor& x);

 private:
  at::Tensor spatial_patches(const at::Tensor& clips) const;
  TokenStream with_cls(const at::Tensor& patches);

  ModelKind kind_;
  VideoConfig config_;
  bool recompute_ = false;
  at::Tensor class_embedding_;       // [D]
  at::Tensor positional_embedding_;  // [1 + N, D]: CLS, then one row a cell
  at::Tensor temporal_embedding_;    // [num_frames, D]
  at::Tensor proj_;                  // [D, E]
  at::Tensor conv1_weight_;          // [D, 3, P, P]
  LayerNorm ln_pre_, ln_post_;
  std::shared_ptr<TransformerImpl<SpaceTimeBlock>> transformer_;
};
TORCH_MODULE(VideoEncoder);

}  // namespace tvts

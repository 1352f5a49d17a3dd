// The video encoder for CPUs, without gradients and masks: what VideoEncoder defines, computed with packed weights,
// fused passes and nothing that the output does not need.
#pragma once

#include <vector>

#include "tvts/model/cpu/inference/block_parts.h"
#include "tvts/model/plain/video_encoder.h"

namespace tvts {

class FastVideoEncoder {
 public:
  // Packs the weights of `plain`, which may be in any type.
  FastVideoEncoder(const VideoEncoderImpl& plain, const ModelConfig& config, const Products& products,
                   const OnPacked& on_packed = {});
  ~FastVideoEncoder();
  FastVideoEncoder(FastVideoEncoder&&) noexcept;
  FastVideoEncoder& operator=(FastVideoEncoder&&) noexcept;

  // As VideoEncoder. Without with_tokens, `tokens` is undefined and the last block computes the CLS token alone.
  VideoFeatures forward(const at::Tensor& video, bool with_tokens) const;
  at::Tensor forward_images(const at::Tensor& images) const;

 private:
  struct Block;
  struct Stream;
  enum class Time { kAttended, kAbsent };

  Stream embed(const at::Tensor& clips, const at::Tensor& position_embedding) const;
  void run_blocks(Stream& stream, Time time, bool with_tokens) const;
  void over_space_for_cls(const Block& block, const LinearInput& h, Stream& stream) const;
  at::Tensor cls_features(const Stream& stream) const;
  at::Tensor token_features(const Stream& stream) const;

  ModelKind kind_;
  VideoConfig config_;
  PackedLinear patch_embedding_;
  at::Tensor cls_;                 // [D]: the class embedding with its position embedding
  at::Tensor position_embedding_;  // [N, D]
  at::Tensor times_;               // [num_frames, 1, D]
  at::Tensor proj_;                // [D, E], float32
  NormWeights ln_pre_, ln_post_;
  std::vector<Block> blocks_;
};

}  // namespace tvts

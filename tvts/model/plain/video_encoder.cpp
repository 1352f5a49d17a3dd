#include "tvts/model/plain/video_encoder.h"

#include "tvts/core/error.h"
#include "tvts/model/plain/clip_shape.h"
#include "tvts/model/plain/recompute.h"
#include "tvts/model/plain/tensor_checks.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts {
namespace {

// Holds the convolution's weight under its checkpoint name, conv1.weight.
class PatchProjection : public torch::nn::Module {
 public:
  PatchProjection(int64_t width, int64_t patch_size)
      : weight(register_parameter("weight", at::empty({width, 3, patch_size, patch_size}))) {}
  at::Tensor weight;
};

void check_keep(const at::Tensor& keep, int64_t batch, int64_t patches) {
  check_shape("tube mask", keep, {batch, kAnySize});
  if (keep.scalar_type() != at::kLong || keep.size(1) < 1 || keep.size(1) > patches) {
    fail_input("tube mask: expected int64 cells, 1 to ", patches, " for each clip; found ", keep.size(1), " of type ",
               c10::toString(keep.scalar_type()));
  }
  if (keep.min().item<int64_t>() < 0 || keep.max().item<int64_t>() >= patches) {
    fail_input("tube mask: a cell lies outside [0, ", patches, ")");
  }
}

}  // namespace

VideoEncoderImpl::VideoEncoderImpl(const ModelConfig& config)
    : kind_(config.kind),
      config_(config.video),
      class_embedding_(register_parameter("class_embedding", at::empty({config_.width}))),
      positional_embedding_(
          register_parameter("positional_embedding", at::empty({1 + config_.patches_per_frame(), config_.width}))),
      temporal_embedding_(register_parameter("temporal_embedding", at::empty({config_.num_frames, config_.width}))),
      proj_(register_parameter("proj", at::empty({config_.width, config.embed_dim}))),
      conv1_weight_(
          register_module("conv1", std::make_shared<PatchProjection>(config_.width, config_.patch_size))->weight),
      ln_pre_(register_module("ln_pre", LayerNorm(config_.width))),
      ln_post_(register_module("ln_post", LayerNorm(config_.width))),
      transformer_(
          register_module("transformer", std::make_shared<TransformerImpl<SpaceTimeBlock>>(
                                             config_.layers, config_.width, config_.heads, config.activation))) {}

// clips [B, T, 3, R, R] -> patch embeddings with their position in the frame, [B, T, N, D]
at::Tensor VideoEncoderImpl::spatial_patches(const at::Tensor& clips) const {
  const int64_t batch = clips.size(0), frames = clips.size(1);
  const at::Tensor pixels = clips.flatten(0, 1).to(conv1_weight_.scalar_type());
  const at::Tensor patches = at::conv2d(pixels, conv1_weight_, /*bias=*/{}, /*stride=*/config_.patch_size)
                                 .flatten(2)
                                 .transpose(1, 2)  // [B*T, N, D]
                                 .unflatten(0, {batch, frames});
  return patches + positional_embedding_.narrow(0, 1, config_.patches_per_frame());
}

// patches [B, T, n, D] -> CLS before them, through ln_pre
TokenStream VideoEncoderImpl::with_cls(const at::Tensor& patches) {
  const at::Tensor cls = class_embedding_ + positional_embedding_[0];
  const at::Tensor x = at::cat({cls.expand({patches.size(0), 1, -1}), patches.flatten(1, 2)}, 1);
  return {.x = ln_pre_(x), .grid = {.frames = patches.size(1), .patches = patches.size(2)}};
}

TokenStream VideoEncoderImpl::embed_patches(const at::Tensor& video, const at::Tensor& keep) {
  const at::Tensor clips = checked_clips(video, config_);
  const at::Tensor time = temporal_embedding_.narrow(0, 0, clips.size(1)).unsqueeze(1);  // [T, 1, D]
  const at::Tensor patches = spatial_patches(clips) + time;
  if (!keep.defined()) return with_cls(patches);
  check_keep(keep, clips.size(0), config_.patches_per_frame());
  return with_cls(keep_patches(patches, keep));
}

VideoFeatures VideoEncoderImpl::output(const at::Tensor& x) {
  const auto cls = [](const at::Tensor& tokens) { return tokens.select(1, 0); };
  if (kind_ == ModelKind::kB) {
    const at::Tensor tokens = project(ln_post_(x), proj_);
    return {.embedding = cls(tokens), .tokens = tokens};
  }
  return {.embedding = project(ln_post_(cls(x)), proj_), .tokens = project(x.narrow(1, 1, x.size(1) - 1), proj_)};
}

VideoFeatures VideoEncoderImpl::forward(const at::Tensor& video, const at::Tensor& keep) {
  TokenStream stream = embed_patches(video, keep);
  for (SpaceTimeBlock& block : resblocks()) {
    // The block by value: it is called again after this loop.
    auto through_block = [block, grid = stream.grid](const at::Tensor& x) mutable { return block(x, grid); };
    stream.x = recompute_ ? recomputed(through_block, stream.x, block->parameters()) : through_block(stream.x);
  }
  return output(stream.x);
}

BlockWeights VideoEncoderImpl::attention_weights(const at::Tensor& video, const at::Tensor& keep, int64_t layer) {
  TVTS_ASSERT(layer >= 0 && layer < config_.layers);
  TokenStream stream = embed_patches(video, keep);
  const auto block = resblocks().begin() + layer;
  for (auto before = resblocks().begin(); before != block; ++before) stream.x = (*before)(stream.x, stream.grid);
  return (*block)->attention_weights(stream.x, stream.grid);
}

at::Tensor VideoEncoderImpl::forward_images(const at::Tensor& images) {
  check_images(images, config_);
  TokenStream stream = with_cls(spatial_patches(images.unsqueeze(1)));
  for (SpaceTimeBlock& block : resblocks()) stream.x = block->forward_image(stream.x, stream.grid);
  return output(stream.x).embedding;
}

}  // namespace tvts

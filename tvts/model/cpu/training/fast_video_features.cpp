#include "tvts/model/cpu/training/fast_video_features.h"

#include "tvts/model/cpu/training/fast_block.h"
#include "tvts/model/plain/recompute.h"

namespace tvts {
namespace {

// [B, 1 + T*n, D] with CLS first -> rows: the patches of all clips, then the CLS tokens
at::Tensor to_rows(const at::Tensor& x) {
  return at::cat({x.narrow(1, 1, x.size(1) - 1).flatten(0, 1), x.select(1, 0)}, 0);
}

at::Tensor from_rows(const at::Tensor& rows, ClipRows grid) {
  const at::Tensor patches = rows.narrow(0, 0, grid.patch_rows()).unflatten(0, {grid.clips, -1});
  return at::cat({rows.narrow(0, grid.patch_rows(), grid.clips).unsqueeze(1), patches}, 1);
}

}  // namespace

VideoFeatures fast_video_features(DualEncoder& model, const at::Tensor& video, const at::Tensor& keep, bool with_tokens,
                                  at::ScalarType type) {
  VideoEncoderImpl& encoder = *model.video;
  const TokenStream stream = encoder.embed_patches(video, keep);
  BlockShape shape = {.grid = {.clips = stream.x.size(0), .frames = stream.grid.frames, .patches = stream.grid.patches},
                      .heads = model.config.video.heads,
                      .activation = model.config.activation,
                      .type = type};
  at::Tensor x = to_rows(stream.x);
  for (const SpaceTimeBlock& block : encoder.resblocks()) {
    shape.cls_alone = !with_tokens && &block == &encoder.resblocks().back();
    const auto through_block = [parameters = parameters_of(*block), shape](const at::Tensor& rows) {
      return fast_block(rows, parameters, shape);
    };
    x = encoder.recomputes() ? recomputed(through_block, x, block->parameters()) : through_block(x);
  }
  if (with_tokens) return encoder.output(from_rows(x, shape.grid));
  return {.embedding = encoder.output(x.unsqueeze(1)).embedding};
}

}  // namespace tvts

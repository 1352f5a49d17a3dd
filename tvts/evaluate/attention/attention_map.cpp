#include "tvts/evaluate/attention/attention_map.h"

#include <cmath>
#include <limits>

#include "tvts/core/error.h"

namespace tvts {
namespace {

std::int64_t side_of(std::int64_t patches_per_frame) {
  const std::int64_t side = std::llround(std::sqrt(static_cast<double>(patches_per_frame)));
  TVTS_ASSERT(side * side == patches_per_frame);
  return side;
}

// The positions of the kept patches in the order of the tokens, int64 [n].
at::Tensor kept_cells(const at::Tensor& keep, std::int64_t patches_per_frame) {
  return keep.defined() ? keep[0] : at::arange(patches_per_frame, at::kLong);
}

void require_finite(const at::Tensor& weights) {
  if (at::isfinite(weights).all().item<bool>()) return;
  fail_input(
      "the attention has values that are not finite; the weights of the model may be damaged: get its file again");
}

}  // namespace

AttentionMap cls_attention_map(const DividedWeights& weights, const at::Tensor& keep, std::int64_t patches_per_frame) {
  require_finite(weights.cls);
  const std::int64_t side = side_of(patches_per_frame);
  const at::Tensor cells = kept_cells(keep, patches_per_frame);
  const at::Tensor of_clip = weights.cls[0];                                                            // [H, 1 + T*n]
  const at::Tensor kept = of_clip.narrow(1, 1, of_clip.size(1) - 1).unflatten(1, {-1, cells.size(0)});  // [H, T, n]
  at::Tensor patches = at::full({kept.size(0), kept.size(1), patches_per_frame}, std::nanf(""));
  patches.index_copy_(2, cells, kept);
  return {.patches = patches.unflatten(2, {side, side}), .cls = of_clip.select(1, 0)};
}

AttentionMap mean_of_heads(const AttentionMap& map) {
  return {.patches = map.patches.mean(0, /*keepdim=*/true), .cls = map.cls.mean(0, /*keepdim=*/true)};
}

at::Tensor temporal_attention(const DividedWeights& weights, const at::Tensor& keep, std::int64_t patches_per_frame,
                              const PatchPosition& patch) {
  const std::int64_t side = side_of(patches_per_frame), frames = weights.patches.size(3);
  const auto is_in = [](std::int64_t value, std::int64_t size) { return value >= 0 && value < size; };
  if (!is_in(patch.frame, frames) || !is_in(patch.row, side) || !is_in(patch.column, side)) {
    fail_usage("patch ", patch.frame, ",", patch.row, ",", patch.column, ": expected a frame below ", frames,
               " and a row and a column below ", side, ", from 0");
  }
  require_finite(weights.patches);
  const at::Tensor cells = kept_cells(keep, patches_per_frame);
  const at::Tensor found = (cells == patch.row * side + patch.column).nonzero();
  if (found.size(0) == 0) {
    fail_usage("patch ", patch.frame, ",", patch.row, ",", patch.column, ": the mask takes it away");
  }
  return weights.patches[0].select(1, found[0][0].item<std::int64_t>()).select(1, patch.frame);
}

}  // namespace tvts

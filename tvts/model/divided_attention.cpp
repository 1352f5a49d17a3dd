#include "tvts/model/divided_attention.h"

namespace tvts {
namespace {

// The patches in groups that attend to each other: by frame (space) or by cell (time).
// [B, H, T*n, head_dim] -> [B, H, T, n, head_dim] or [B, H, n, T, head_dim]
at::Tensor group(const at::Tensor& patches, TokenGrid grid, AttentionAxis axis) {
  const at::Tensor by_frame = patches.unflatten(2, {grid.frames, grid.patches});
  return axis == AttentionAxis::kSpace ? by_frame : by_frame.transpose(2, 3);
}

at::Tensor ungroup(const at::Tensor& groups, AttentionAxis axis) {
  return (axis == AttentionAxis::kSpace ? groups : groups.transpose(2, 3)).flatten(2, 3);
}

}  // namespace

at::Tensor divided_attention(const Heads& heads, TokenGrid grid, AttentionAxis axis) {
  const auto cls = [](const at::Tensor& x) { return x.narrow(2, 0, 1); };
  const auto patches = [&](const at::Tensor& x) { return group(x.narrow(2, 1, x.size(2) - 1), grid, axis); };
  // Every group has the CLS key (value) before its own.
  const auto cls_and_patches = [&](const at::Tensor& x) {
    const at::Tensor groups = patches(x);
    const at::Tensor shared = cls(x).unsqueeze(2).expand({-1, -1, groups.size(2), -1, -1});
    return at::cat({shared, groups}, 3);
  };

  const at::Tensor cls_out = attention(cls(heads.q), heads.k, heads.v);
  const at::Tensor patches_out = attention(patches(heads.q), cls_and_patches(heads.k), cls_and_patches(heads.v));
  return at::cat({cls_out, ungroup(patches_out, axis)}, 2);
}

DividedAttentionImpl::DividedAttentionImpl(int64_t width, int64_t heads, AttentionAxis axis)
    : heads_(heads),
      axis_(axis),
      qkv_(register_module("qkv", Linear(width, 3 * width))),
      proj_(register_module("proj", Linear(width, width))) {}

at::Tensor DividedAttentionImpl::forward(const at::Tensor& x, TokenGrid grid) {
  return proj_(merge_heads(divided_attention(split_heads(qkv_(x), heads_), grid, axis_)));
}

}  // namespace tvts

#include "tvts/model/plain/divided_attention.h"

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

// The CLS token and the patches in their groups, of q, k or v.
struct Groups {
  at::Tensor cls;      // [B, H, 1, head_dim]
  at::Tensor patches;  // [B, H, groups, group, head_dim]
};

Groups groups_of(const at::Tensor& x, TokenGrid grid, AttentionAxis axis) {
  return {.cls = x.narrow(2, 0, 1), .patches = group(x.narrow(2, 1, x.size(2) - 1), grid, axis)};
}

// Every group has the CLS key (value) before its own.
at::Tensor cls_and_patches(const at::Tensor& x, TokenGrid grid, AttentionAxis axis) {
  const Groups groups = groups_of(x, grid, axis);
  const at::Tensor shared = groups.cls.unsqueeze(2).expand({-1, -1, groups.patches.size(2), -1, -1});
  return at::cat({shared, groups.patches}, 3);
}

}  // namespace

at::Tensor divided_attention(const Heads& heads, TokenGrid grid, AttentionAxis axis) {
  const Groups queries = groups_of(heads.q, grid, axis);
  const at::Tensor cls_out = attention(queries.cls, heads.k, heads.v);
  const at::Tensor patches_out =
      attention(queries.patches, cls_and_patches(heads.k, grid, axis), cls_and_patches(heads.v, grid, axis));
  return at::cat({cls_out, ungroup(patches_out, axis)}, 2);
}

DividedWeights divided_attention_weights(const Heads& heads, TokenGrid grid, AttentionAxis axis) {
  const Groups queries = groups_of(heads.q, grid, axis);
  return {.cls = attention_weights(queries.cls, heads.k).squeeze(2),
          .patches = attention_weights(queries.patches, cls_and_patches(heads.k, grid, axis))};
}

DividedAttentionImpl::DividedAttentionImpl(int64_t width, int64_t heads, AttentionAxis axis)
    : heads_(heads),
      axis_(axis),
      qkv_(register_module("qkv", Linear(width, 3 * width))),
      proj_(register_module("proj", Linear(width, width))) {}

at::Tensor DividedAttentionImpl::forward(const at::Tensor& x, TokenGrid grid) {
  return proj_(merge_heads(divided_attention(split_heads(qkv_(x), heads_), grid, axis_)));
}

DividedWeights DividedAttentionImpl::weights(const at::Tensor& x, TokenGrid grid) {
  return divided_attention_weights(split_heads(qkv_(x), heads_), grid, axis_);
}

}  // namespace tvts

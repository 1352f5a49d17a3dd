#include "tvts/model/cpu/inference/token_attention.h"

#include <ATen/Parallel.h>

#include "tvts/model/cpu/inference/attend_by_tiles.h"
#include "tvts/model/cpu/inference/head_matrix.h"

namespace tvts {
namespace {

// task(i, scratch) for i in [0, count), on all cores.
template <class Scratch = AttendScratch, class Task>
void for_each_group(int64_t count, const Task& task) {
  at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
    Scratch scratch;
    for (int64_t i = begin; i < end; ++i) task(i, scratch);
  });
}

// Of the patches: their rows of `out` are written. The CLS key is among the keys.
template <class T, class Scratch>
void attend_in_groups(const TokenHeads& tokens, ClipRows grid, AttentionAxis axis, at::Tensor& out) {
  const PatchGroups of_clip = patch_groups(grid, axis);
  const auto groups = static_cast<int64_t>(of_clip.groups), group_step = static_cast<int64_t>(of_clip.group_step),
             step = static_cast<int64_t>(of_clip.step);
  const HeadMatrix<T> q(tokens.q, tokens.heads), k(tokens.k, tokens.heads), v(tokens.v, tokens.heads),
      to(out, tokens.heads);
  for_each_group<Scratch>(grid.clips * groups * tokens.heads, [&](int64_t i, Scratch& scratch) {
    const int64_t head = i % tokens.heads, group = i / tokens.heads, clip = group / groups;
    const int64_t row = clip * grid.frames * grid.patches + group % groups * group_step, cls = grid.patch_rows() + clip;
    attend(Attend<T>{.q = q.rows(row, head, step),
                     .k = k.rows(row, head, step),
                     .v = v.rows(row, head, step),
                     .cls_k = k.at(cls, head),
                     .cls_v = v.at(cls, head),
                     .queries = of_clip.size,
                     .keys = of_clip.size,
                     .head_dim = q.head_dim(),
                     .causal = false,
                     .out = to.at(row, head),
                     .out_stride = to.stride() * of_clip.step},
           scratch);
  });
}

}  // namespace

PatchGroups patch_groups(ClipRows grid, AttentionAxis axis) {
  const auto frames = static_cast<std::size_t>(grid.frames), patches = static_cast<std::size_t>(grid.patches);
  if (axis == AttentionAxis::kSpace) return {.groups = frames, .size = patches, .group_step = patches, .step = 1};
  return {.groups = patches, .size = frames, .group_step = 1, .step = patches};
}

void attend_from_cls(const at::Tensor& cls_q, const TokenHeads& tokens, ClipRows grid, const at::Tensor& out) {
  dispatch_dtype(out.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const HeadMatrix<T> q(cls_q, tokens.heads), k(tokens.k, tokens.heads), v(tokens.v, tokens.heads),
        to(out, tokens.heads);
    for_each_group(grid.clips * tokens.heads, [&](int64_t group, AttendScratch& scratch) {
      const int64_t clip = group / tokens.heads, head = group % tokens.heads;
      const int64_t row = clip * grid.frames * grid.patches, cls = grid.patch_rows() + clip;
      attend(Attend<T>{.q = q.rows(clip, head),
                       .k = k.rows(row, head),
                       .v = v.rows(row, head),
                       .cls_k = k.at(cls, head),
                       .cls_v = v.at(cls, head),
                       .queries = 1,
                       .keys = static_cast<std::size_t>(grid.frames * grid.patches),
                       .head_dim = q.head_dim(),
                       .causal = false,
                       .out = to.at(clip, head),
                       .out_stride = to.stride()},
             scratch);
    });
  });
}

at::Tensor divided_attention(const TokenHeads& tokens, ClipRows grid, AttentionAxis axis) {
  at::Tensor out = at::empty(tokens.q.sizes(), tokens.q.options());
  const auto head_dim = static_cast<std::size_t>(out.size(1) / tokens.heads);
  if (out.scalar_type() == at::kFloat) {
    attend_in_groups<float, AttendScratch>(tokens, grid, axis, out);
  } else if (attends_by_tiles(head_dim)) {
    attend_in_groups<Bfloat16, TileScratch>(tokens, grid, axis, out);
  } else {
    attend_in_groups<Bfloat16, AttendScratch>(tokens, grid, axis, out);
  }
  const auto cls = [&](const at::Tensor& x) { return x.narrow(0, grid.patch_rows(), grid.clips); };
  attend_from_cls(cls(tokens.q), tokens, grid, cls(out));
  return out;
}

namespace {

// all_queries: of every token, causal; else of each text's last token, q and out having a row a text.
void attend_in_texts(const at::Tensor& queries, const TokenHeads& tokens, const std::vector<int64_t>& begins,
                     bool all_queries, at::Tensor& out) {
  dispatch_dtype(out.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const HeadMatrix<T> q(queries, tokens.heads), k(tokens.k, tokens.heads), v(tokens.v, tokens.heads),
        to(out, tokens.heads);
    const auto texts = static_cast<int64_t>(begins.size()) - 1;
    for_each_group(texts * tokens.heads, [&](int64_t group, AttendScratch& scratch) {
      const int64_t text = group / tokens.heads, head = group % tokens.heads;
      const int64_t begin = begins[static_cast<std::size_t>(text)], end = begins[static_cast<std::size_t>(text) + 1];
      const int64_t first = all_queries ? begin : text;
      attend(Attend<T>{.q = q.rows(first, head),
                       .k = k.rows(begin, head),
                       .v = v.rows(begin, head),
                       .cls_k = nullptr,
                       .cls_v = nullptr,
                       .queries = static_cast<std::size_t>(all_queries ? end - begin : 1),
                       .keys = static_cast<std::size_t>(end - begin),
                       .head_dim = q.head_dim(),
                       .causal = all_queries,
                       .out = to.at(first, head),
                       .out_stride = to.stride()},
             scratch);
    });
  });
}

}  // namespace

void attend_causally(const TokenHeads& tokens, const std::vector<int64_t>& begins, at::Tensor& out) {
  attend_in_texts(tokens.q, tokens, begins, /*all_queries=*/true, out);
}

void attend_from_ends(const at::Tensor& q, const TokenHeads& tokens, const std::vector<int64_t>& begins,
                      at::Tensor& out) {
  attend_in_texts(q, tokens, begins, /*all_queries=*/false, out);
}

}  // namespace tvts

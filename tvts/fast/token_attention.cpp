#include "tvts/fast/token_attention.h"

#include <ATen/Parallel.h>

#include "tvts/fast/with_type.h"
#include "tvts/kernels/attend.h"
#include "tvts/kernels/merge_key.h"

namespace tvts {
namespace {

constexpr int64_t kMergedRowsATask = 64;

// Where the numbers of a matrix of heads lie.
template <class T>
class HeadMatrix {
 public:
  HeadMatrix(const at::Tensor& x, int64_t heads)
      : first_(numbers<T>(x)), row_(x.stride(0)), head_dim_(x.size(1) / heads) {}
  T* at(int64_t row, int64_t head) const { return first_ + row * row_ + head * head_dim_; }
  // Every `step`th row from this one on.
  HeadRows<T> rows(int64_t row, int64_t head, int64_t step = 1) const {
    return {at(row, head), static_cast<std::size_t>(step * row_)};
  }
  std::size_t stride() const { return static_cast<std::size_t>(row_); }
  std::size_t head_dim() const { return static_cast<std::size_t>(head_dim_); }

 private:
  T* first_;
  int64_t row_, head_dim_;
};

// task(i, scratch) for i in [0, count), on all cores.
template <class Task>
void for_each_group(int64_t count, const Task& task) {
  at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
    AttendScratch scratch;
    for (int64_t i = begin; i < end; ++i) task(i, scratch);
  });
}

// Of the patches: their rows of `out` are written. The CLS key is among the keys.
void attend_over_time(const TokenHeads& tokens, ClipRows grid, at::Tensor& out) {
  with_type(out.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const HeadMatrix<T> q(tokens.q, tokens.heads), k(tokens.k, tokens.heads), v(tokens.v, tokens.heads),
        to(out, tokens.heads);
    const auto frames = static_cast<std::size_t>(grid.frames);
    for_each_group(grid.clips * grid.patches, [&](int64_t cell, AttendScratch& scratch) {
      const int64_t clip = cell / grid.patches, cls = grid.patch_rows() + clip;
      const int64_t row = clip * grid.frames * grid.patches + cell % grid.patches;
      for (int64_t head = 0; head < tokens.heads; ++head) {
        attend(Attend<T>{.q = q.rows(row, head, grid.patches),
                         .k = k.rows(row, head, grid.patches),
                         .v = v.rows(row, head, grid.patches),
                         .cls_k = k.at(cls, head),
                         .cls_v = v.at(cls, head),
                         .queries = frames,
                         .keys = frames,
                         .head_dim = q.head_dim(),
                         .causal = false,
                         .out = to.at(row, head),
                         .out_stride = to.stride() * static_cast<std::size_t>(grid.patches)},
               scratch);
      }
    });
  });
}

void attend_over_space(const TokenHeads& tokens, ClipRows grid, at::Tensor& out) {
  const auto by_frame = [&](const at::Tensor& x) {  // [B*T, heads, N, head_dim]
    return x.narrow(0, 0, grid.patch_rows())
        .unflatten(0, {grid.clips * grid.frames, grid.patches})
        .unflatten(2, {tokens.heads, -1})
        .transpose(1, 2);
  };
  const auto [attended, log_sums] =
      at::_scaled_dot_product_flash_attention_for_cpu(by_frame(tokens.q), by_frame(tokens.k), by_frame(tokens.v));
  const at::Tensor among_patches = attended.transpose(1, 2).contiguous();  // [B*T, N, heads, head_dim]
  const at::Tensor log_sum_exp = log_sums.transpose(1, 2).contiguous();    // [B*T, N, heads]
  with_type(out.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const HeadMatrix<T> q(tokens.q, tokens.heads), k(tokens.k, tokens.heads), v(tokens.v, tokens.heads),
        to(out, tokens.heads);
    const int64_t clip_rows = grid.frames * grid.patches;
    at::parallel_for(0, grid.patch_rows(), kMergedRowsATask, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end;) {
        const int64_t clip = row / clip_rows, cls = grid.patch_rows() + clip;
        const int64_t next = std::min(end, (clip + 1) * clip_rows);
        merge_key(MergeKey<T>{.attended = numbers<T>(among_patches) + row * out.size(1),
                              .log_sum_exp = numbers<float>(log_sum_exp) + row * tokens.heads,
                              .q = q.at(row, 0),
                              .q_stride = q.stride(),
                              .k = k.at(cls, 0),
                              .v = v.at(cls, 0),
                              .rows = static_cast<std::size_t>(next - row),
                              .heads = static_cast<std::size_t>(tokens.heads),
                              .head_dim = q.head_dim(),
                              .out = to.at(row, 0)});
        row = next;
      }
    });
  });
}

}  // namespace

void attend_from_cls(const at::Tensor& cls_q, const TokenHeads& tokens, ClipRows grid, const at::Tensor& out) {
  with_type(out.scalar_type(), [&](auto number) {
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
  if (axis == AttentionAxis::kTime) {
    attend_over_time(tokens, grid, out);
  } else {
    attend_over_space(tokens, grid, out);
  }
  const auto cls = [&](const at::Tensor& x) { return x.narrow(0, grid.patch_rows(), grid.clips); };
  attend_from_cls(cls(tokens.q), tokens, grid, cls(out));
  return out;
}

namespace {

// all_queries: of every token, causal; else of each text's last token, q and out having a row a text.
void attend_in_texts(const at::Tensor& queries, const TokenHeads& tokens, const std::vector<int64_t>& begins,
                     bool all_queries, at::Tensor& out) {
  with_type(out.scalar_type(), [&](auto number) {
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

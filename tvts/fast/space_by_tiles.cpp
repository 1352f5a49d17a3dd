#include "tvts/fast/space_by_tiles.h"

#include <ATen/Parallel.h>

#include "tvts/fast/head_matrix.h"
#include "tvts/kernels/merge_key.h"

namespace tvts {
namespace {

constexpr int64_t kMergedRowsATask = 64;

}  // namespace

bool has_tiles_for(at::ScalarType type) { return type == at::kBFloat16 && __builtin_cpu_supports("amx-bf16"); }

void attend_over_space_by_tiles(const TokenHeads& tokens, ClipRows grid, const at::Tensor& out) {
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

}  // namespace tvts

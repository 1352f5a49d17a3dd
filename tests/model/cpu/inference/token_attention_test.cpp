#include "tvts/model/cpu/inference/token_attention.h"

#include <gtest/gtest.h>

namespace tvts::test {
namespace {

constexpr int64_t kHeads = 2, kHeadDim = 16, kWidth = kHeads * kHeadDim;

struct Given {
  ClipRows grid;
  at::Tensor qkv;  // [rows, 3 D]
  TokenHeads tokens() const {
    const std::vector<at::Tensor> parts = qkv.chunk(3, 1);
    return {.q = parts[0], .k = parts[1], .v = parts[2], .heads = kHeads};
  }
};

Given random_tokens(ClipRows grid, at::ScalarType type) {
  torch::manual_seed(3);
  return {.grid = grid, .qkv = at::randn({grid.rows(), 3 * kWidth}).to(type)};
}

// By the plain definition, in the rows' order.
at::Tensor defined(const Given& given, AttentionAxis axis) {
  const ClipRows& grid = given.grid;
  const at::Tensor patches = given.qkv.narrow(0, 0, grid.patch_rows()).unflatten(0, {grid.clips, -1}),
                   cls = given.qkv.narrow(0, grid.patch_rows(), grid.clips).unsqueeze(1);
  const Heads heads = split_heads(at::cat({cls, patches}, 1).to(at::kFloat), kHeads);
  const at::Tensor out =
      merge_heads(divided_attention(heads, TokenGrid{.frames = grid.frames, .patches = grid.patches}, axis));
  return at::cat({out.narrow(1, 1, out.size(1) - 1).flatten(0, 1), out.select(1, 0)}, 0);
}

class TokenAttention : public testing::TestWithParam<at::ScalarType> {
 protected:
  static double bound() { return GetParam() == at::kFloat ? 1e-5 : 2e-2; }
};

TEST_P(TokenAttention, IsDividedAttentionOverAnyGrid) {
  for (const ClipRows& grid : {ClipRows{1, 1, 1}, ClipRows{2, 3, 5}, ClipRows{1, 2, 49}, ClipRows{1, 13, 2}}) {
    const Given given = random_tokens(grid, GetParam());
    for (const AttentionAxis axis : {AttentionAxis::kSpace, AttentionAxis::kTime}) {
      const at::Tensor found = divided_attention(given.tokens(), grid, axis).to(at::kFloat);
      EXPECT_LT((found - defined(given, axis)).abs().max().item<double>(), bound())
          << grid.frames << " " << grid.patches;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, TokenAttention, testing::Values(at::kFloat, at::kBFloat16),
                         [](const auto& info) { return std::string(c10::toString(info.param)); });

}  // namespace
}  // namespace tvts::test

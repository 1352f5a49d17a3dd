#include <gtest/gtest.h>

#include <cmath>

#include "tvts/model/plain/divided_attention.h"

namespace tvts {
namespace {

constexpr TokenGrid kGrid = {.frames = 3, .patches = 4};

Heads random_heads(TokenGrid grid) {
  const int64_t tokens = 1 + grid.frames * grid.patches;
  const auto draw = [&] { return at::randn({2, 2, tokens, 8}, at::kDouble); };
  return {.q = draw(), .k = draw(), .v = draw()};
}

bool may_see(int64_t query, int64_t key, TokenGrid grid, AttentionAxis axis) {
  if (query == 0 || key == 0) return true;
  const int64_t frame = (query - 1) / grid.patches, cell = (query - 1) % grid.patches;
  const int64_t key_frame = (key - 1) / grid.patches, key_cell = (key - 1) % grid.patches;
  return axis == AttentionAxis::kSpace ? frame == key_frame : cell == key_cell;
}

// The rule of the paper, one query and one key at a time.
at::Tensor by_definition(const Heads& heads, TokenGrid grid, AttentionAxis axis) {
  const at::Tensor scores = at::matmul(heads.q, heads.k.transpose(-2, -1)) / std::sqrt(8.0);
  for (int64_t query = 0; query < scores.size(2); ++query) {
    for (int64_t key = 0; key < scores.size(3); ++key) {
      if (!may_see(query, key, grid, axis)) scores.select(2, query).select(2, key).fill_(-1e30);
    }
  }
  return at::matmul(at::softmax(scores, -1), heads.v);
}

TEST(DividedAttention, IsAttentionOverTheTokensThatTheRuleAllows) {
  for (const AttentionAxis axis : {AttentionAxis::kSpace, AttentionAxis::kTime}) {
    for (const TokenGrid grid : {kGrid, TokenGrid{.frames = 1, .patches = 5}, TokenGrid{.frames = 4, .patches = 1}}) {
      const Heads heads = random_heads(grid);
      EXPECT_LT((divided_attention(heads, grid, axis) - by_definition(heads, grid, axis)).abs().max().item<double>(),
                1e-6);
    }
  }
}

TEST(DividedAttention, PatchQueriesSeeOnlyTheirOwnFrameAndCls) {
  const Heads heads = random_heads(kGrid);
  const at::Tensor before = divided_attention(heads, kGrid, AttentionAxis::kSpace);
  heads.v.select(2, 1).add_(1);  // the first patch of frame 0
  const at::Tensor change = (divided_attention(heads, kGrid, AttentionAxis::kSpace) - before).abs().sum({0, 1, 3});
  for (int64_t token = 0; token < change.size(0); ++token) {
    EXPECT_EQ(change[token].item<double>() > 0, token <= kGrid.patches) << "token " << token;
  }
}

TEST(DividedAttention, TimeQueriesSeeOnlyTheirOwnCellAndCls) {
  const Heads heads = random_heads(kGrid);
  const at::Tensor before = divided_attention(heads, kGrid, AttentionAxis::kTime);
  heads.v.select(2, 1).add_(1);  // cell 0 of frame 0
  const at::Tensor change = (divided_attention(heads, kGrid, AttentionAxis::kTime) - before).abs().sum({0, 1, 3});
  for (int64_t token = 0; token < change.size(0); ++token) {
    const bool sees = token == 0 || (token - 1) % kGrid.patches == 0;
    EXPECT_EQ(change[token].item<double>() > 0, sees) << "token " << token;
  }
}

TEST(AttentionWeights, RowsSumToOne) {
  const Heads heads = random_heads(kGrid);
  const at::Tensor sums = attention_weights(heads.q, heads.k).sum(-1);
  EXPECT_LT((sums - 1).abs().max().item<double>(), 1e-6);
}

}  // namespace
}  // namespace tvts

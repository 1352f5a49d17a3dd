#include "tvts/train/objective/sorting.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tvts/core/error.h"

namespace tvts::test {
namespace {

// Clip b, frame t holds 100 b + t in its one pixel: [B, T, 1, 1, 1]
at::Tensor numbered_clips(int64_t clips, int64_t frames) {
  return (at::arange(clips).unsqueeze(1) * 100 + at::arange(frames)).to(at::kFloat).reshape({clips, frames, 1, 1, 1});
}

std::vector<float> values(const at::Tensor& x) {
  const at::Tensor flat = x.contiguous().flatten();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

TEST(JoinClips, TakesEvenlySpreadFramesOfEachNeighbour) {
  const at::Tensor joined = join_clips(numbered_clips(4, 12), 4);
  EXPECT_EQ(joined.sizes(), (at::IntArrayRef{1, 12, 1, 1, 1}));
  EXPECT_EQ(values(joined), (std::vector<float>{2, 6, 10, 102, 106, 110, 202, 206, 210, 302, 306, 310}));
}

TEST(JoinClips, JoinsNeighboursAndNoOthers) {
  EXPECT_EQ(values(join_clips(numbered_clips(4, 2), 2)), (std::vector<float>{1, 101, 201, 301}));
}

TEST(JoinClips, RefusesWhatItCannotDivide) {
  EXPECT_THROW(join_clips(numbered_clips(3, 12), 4), Error);
  EXPECT_THROW(join_clips(numbered_clips(4, 10), 4), Error);
}

TEST(Sorting, LossOfEqualScoresIsTheLogarithmOfK) {
  EXPECT_NEAR(sorting_loss(at::zeros({3, 4, 4})).item<double>(), std::log(4.0), 1e-6);
}

TEST(Sorting, LossIsLowWhereEveryTextIsPutAtItsPosition) {
  const at::Tensor right = 20 * at::eye(4).unsqueeze(0);
  EXPECT_LT(sorting_loss(right).item<double>(), 1e-6);
  EXPECT_GT(sorting_loss(right.flip(1)).item<double>(), 10);
}

TEST(Sorting, AccuracyCountsTextsNotClips) {
  at::Tensor logits = at::stack({at::eye(4), at::eye(4)});
  logits[1].copy_(at::eye(4).index_select(0, at::tensor({1, 0, 2, 3})));
  EXPECT_DOUBLE_EQ(sorting_accuracy(logits), 0.75);
}

}  // namespace
}  // namespace tvts::test

// The counts of the tests of the world, on planted scores and features.
#include <gtest/gtest.h>

#include "lab/study/retrieval_task.h"
#include "lab/study/sorting_task.h"
#include "lab/study/task_result.h"
#include "lab/study/twin_task.h"

namespace tvts::test {
namespace {

TEST(SharedRanks, CountTheClipsThatScoreHigher) {
  const std::vector<float> scores = {.9F, .1F, .2F,  //
                                     .5F, .4F, .3F,  //
                                     .7F, .8F, .6F};
  EXPECT_EQ(shared_ranks(scores, 3), (std::vector<double>{1, 2, 3}));
}

TEST(SharedRanks, OfEqualScoresAreTheirMean) {
  const std::vector<float> scores(9, .5F);
  EXPECT_EQ(shared_ranks(scores, 3), (std::vector<double>{2, 2, 2}));
}

// Features of two clips and of their captions.
std::vector<double> of_pair(std::vector<float> videos, std::vector<float> texts) {
  return pair_values(at::tensor(videos).reshape({2, 2}), at::tensor(texts).reshape({2, 2}));
}

TEST(PairValues, AClipIsRightWhenItsOwnCaptionScoresHigher) {
  EXPECT_EQ(of_pair({1, 0, 0, 1}, {1, .1F, .1F, 1}), std::vector<double>{100});
  EXPECT_EQ(of_pair({1, 0, 0, 1}, {.1F, 1, 1, .1F}), std::vector<double>{0});
}

TEST(PairValues, ClipsThatCannotBeToldApartAreHalfRight) {
  EXPECT_EQ(of_pair({1, 2, 1, 2}, {1, 0, 0, 1}), std::vector<double>{50});
}

TEST(PairValues, EqualScoresCountHalf) { EXPECT_EQ(of_pair({1, 1, 0, 1}, {1, 0, 0, 1}), std::vector<double>{75}); }

TEST(PairValues, AreOnePerPair) {
  const at::Tensor videos = at::eye(2).repeat({3, 1}), texts = at::cat({at::eye(2), at::eye(2).flip(0), at::eye(2)});
  EXPECT_EQ(pair_values(videos, texts), (std::vector<double>{100, 0, 100}));
}

TEST(SortedShares, CountTheTextsWhoseBestPositionIsTheirOwn) {
  const at::Tensor right = at::eye(4), shifted = at::eye(4).roll(1, 0);
  at::Tensor half = at::eye(4).clone();
  half.slice(0, 2) = shifted.slice(0, 2);
  EXPECT_EQ(sorted_shares(at::stack({right, shifted, half})), (std::vector<double>{100, 0, 50}));
}

TEST(SortedShares, OfEqualLogitsAreChance) { EXPECT_EQ(sorted_shares(at::zeros({1, 4, 4})), std::vector<double>{25}); }

TEST(Summary, IsTheMeanOfPercentAndTheMedianOfRanks) {
  const SystemValues values = {"model", {1, 2, 9}};
  EXPECT_EQ(summary({.unit = Unit::kPercent}, values), 4);
  EXPECT_EQ(summary({.unit = Unit::kRank}, values), 2);
  EXPECT_EQ(summary({.unit = Unit::kRank}, {"model", {4, 1, 2, 9}}), 3);
}

}  // namespace
}  // namespace tvts::test

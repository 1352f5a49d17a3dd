#include <gtest/gtest.h>

#include <limits>

#include "tvts/core/error.h"
#include "tvts/metrics/accuracy.h"

namespace tvts {
namespace {

using Scores = std::vector<float>;
using Classes = std::vector<std::size_t>;

TEST(Accuracy, CountsTheRightClassAmongTheBest) {
  const Scores scores = {9, 8, 7, 6, 5, 4,  // classes 0..5, best first
                         9, 8, 7, 6, 5, 4, 9, 8, 7, 6, 5, 4, 9, 8, 7, 6, 5, 4};
  const Accuracy result = accuracy(scores, Classes{0, 1, 4, 5}, 6);
  EXPECT_EQ(result.items, 4U);
  EXPECT_DOUBLE_EQ(result.top1, 25);
  EXPECT_DOUBLE_EQ(result.top5, 75);
}

TEST(Accuracy, OfEqualScoresIsThatOfGuessing) {
  for (std::size_t right = 0; right < 8; ++right) {
    EXPECT_DOUBLE_EQ(top_k_credit(Scores(8, 0.5F), right, 1), 1.0 / 8);
    EXPECT_DOUBLE_EQ(top_k_credit(Scores(8, 0.5F), right, 5), 5.0 / 8);
  }
}

TEST(Accuracy, SharesTheRanksThatAreLeft) {
  const Scores scores = {3, 2, 2, 2, 1};
  EXPECT_DOUBLE_EQ(top_k_credit(scores, 1, 1), 0);
  EXPECT_DOUBLE_EQ(top_k_credit(scores, 1, 2), 1.0 / 3);
  EXPECT_DOUBLE_EQ(top_k_credit(scores, 1, 4), 1);
  EXPECT_DOUBLE_EQ(top_k_credit(scores, 4, 4), 0);
}

TEST(Accuracy, OfFewerClassesThanFiveIsPerfectAmongTheFirstFive) {
  EXPECT_DOUBLE_EQ(accuracy(Scores{1, 2, 3}, Classes{0}, 3).top5, 100);
}

TEST(Accuracy, PerClassLeavesEmptyClassesAtZeroItems) {
  const auto per_class = accuracy_per_class(Scores{1, 0, 0, 0, 1, 0, 1, 0, 0}, Classes{0, 0, 0}, 3);
  EXPECT_EQ(per_class[0].items, 3U);
  EXPECT_DOUBLE_EQ(per_class[0].top1, 200.0 / 3);
  EXPECT_EQ(per_class[1].items, 0U);
  EXPECT_DOUBLE_EQ(per_class[1].top1, 0);
}

TEST(Accuracy, RefusesWhatDoesNotFit) {
  EXPECT_THROW(accuracy(Scores(5), Classes{0, 1}, 3), Error);
  EXPECT_THROW(accuracy(Scores(6), Classes{0, 3}, 3), Error);
  EXPECT_THROW(accuracy(Scores{}, Classes{}, 0), Error);
  EXPECT_THROW(accuracy(Scores{1, std::numeric_limits<float>::quiet_NaN()}, Classes{0}, 2), Error);
}

TEST(Confusion, HasTheRightClassInRowsAndThePredictedInColumns) {
  const auto counts = confusion_counts(Scores{0, 1, 0, 1, 1, 0}, Classes{0, 0, 1}, 2);
  EXPECT_EQ(counts, std::vector<std::uint64_t>({0, 2, 1, 0}));
}

TEST(MultipleChoice, TakesAnyNumberOfOptions) {
  const Scores two = {1, 2}, four = {4, 3, 2, 1};
  EXPECT_DOUBLE_EQ(multiple_choice_accuracy(std::vector<ChoiceQuestion>{{two, 1}, {four, 0}, {four, 3}}), 200.0 / 3);
}

TEST(MultipleChoice, RefusesAnAnswerThatIsNoOption) {
  const Scores two = {1, 2};
  EXPECT_THROW(multiple_choice_accuracy(std::vector<ChoiceQuestion>{{two, 2}}), Error);
  EXPECT_THROW(multiple_choice_accuracy({}), Error);
}

}  // namespace
}  // namespace tvts

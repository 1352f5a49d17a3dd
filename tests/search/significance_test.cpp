#include "tvts/search/significance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tvts {
namespace {

TEST(Significance, StatisticsAreMeanAndSampleDeviationOfTheScores) {
  const std::vector<float> embedding{1, 2};
  const std::vector<float> bank{1, 0, 0, 1, 1, 1};  // scores 1, 2, 3
  const ScoreStatistics neutral = neutral_statistics(embedding, bank);
  EXPECT_DOUBLE_EQ(neutral.mean, 2);
  EXPECT_DOUBLE_EQ(neutral.deviation, 1);
}

TEST(Significance, PValuesAreThoseOfTheNormalTable) {
  const ScoreStatistics neutral{0.2, 0.05};
  EXPECT_DOUBLE_EQ(p_value(0.2, neutral), 0.5);
  EXPECT_NEAR(p_value(0.2 + 0.05 * 1.6448536269514722, neutral), 0.05, 1e-12);
  EXPECT_NEAR(p_value(0.2 + 0.05 * 3.090232306167813, neutral), 0.001, 1e-12);
  EXPECT_NEAR(p_value(0.2 - 0.05 * 1.6448536269514722, neutral), 0.95, 1e-12);
}

TEST(Significance, FarScoresKeepSmallButPositiveValues) {
  EXPECT_GT(p_value(0.2 + 0.05 * 20, {0.2, 0.05}), 0);
  EXPECT_LT(p_value(0.2 + 0.05 * 20, {0.2, 0.05}), 1e-80);
}

TEST(Significance, ARowThatScoresTheSameWithEveryTextIsNeverAMatch) {
  const std::vector<float> embedding{1, 0};
  const std::vector<float> bank{0.5F, 1, 0.5F, 2, 0.5F, 3};
  const ScoreStatistics neutral = neutral_statistics(embedding, bank);
  EXPECT_EQ(neutral.deviation, 0);
  EXPECT_EQ(p_value(0.9, neutral), 1);
}

}  // namespace
}  // namespace tvts

#include "tvts/store/significance.h"

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
  EXPECT_DOUBLE_EQ(significance(0.2, neutral).p, 0.5);
  EXPECT_NEAR(significance(0.2 + 0.05 * 1.6448536269514722, neutral).p, 0.05, 1e-12);
  EXPECT_NEAR(significance(0.2 + 0.05 * 2.5758293035489004, neutral).p, 0.005, 1e-12);
  EXPECT_NEAR(significance(0.2 - 0.05 * 1.6448536269514722, neutral).p, 0.95, 1e-12);
  EXPECT_FALSE(significance(0.2 + 0.05 * 2.5758293035489004, neutral).p_is_bound);
}

TEST(Significance, PEndsWhereTheBankEndsAndZGoesOn) {
  const Significance far = significance(0.2 + 0.05 * 20, {0.2, 0.05});
  EXPECT_DOUBLE_EQ(far.p, 1.0 / 257);
  EXPECT_TRUE(far.p_is_bound);
  EXPECT_NEAR(far.z, 20, 1e-9);
  EXPECT_EQ(p_text(far), "< 0.004");
  EXPECT_EQ(p_text(significance(0.2, {0.2, 0.05})), "0.5");
}

TEST(Significance, DistancesAreThoseOfTheNormalTable) {
  EXPECT_NEAR(z_of_p(0.5), 0, 1e-8);
  EXPECT_NEAR(z_of_p(1e-6), 4.753424308822899, 1e-8);
}

TEST(Significance, ARowThatScoresTheSameWithEveryTextIsNeverAMatch) {
  const std::vector<float> embedding{1, 0};
  const std::vector<float> bank{0.5F, 1, 0.5F, 2, 0.5F, 3};
  const ScoreStatistics neutral = neutral_statistics(embedding, bank);
  EXPECT_EQ(neutral.deviation, 0);
  EXPECT_EQ(significance(0.9, neutral).p, 1);
  EXPECT_EQ(significance(0.9, neutral).z, 0);
}

}  // namespace
}  // namespace tvts

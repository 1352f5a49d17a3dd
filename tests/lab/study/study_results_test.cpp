#include "lab/study/study_results.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tvts::test {
namespace {

TEST(SampleOf, IsMeanAndDeviationOverTheSeeds) {
  const StudyResults results = {{"a", {{1, {{"r1", 10}}}, {2, {{"r1", 12}}}, {3, {{"r1", 17}}}}}};
  const Sample sample = sample_of(results, "a", "r1");
  EXPECT_EQ(sample.n, 3U);
  EXPECT_NEAR(sample.mean, 13, 1e-12);
  EXPECT_NEAR(sample.deviation, std::sqrt((9 + 1 + 16) / 2.0), 1e-12);
}

TEST(SampleOf, OfOneSeedHasNoDeviation) {
  const StudyResults results = {{"a", {{1, {{"r1", 10}}}}}};
  EXPECT_EQ(sample_of(results, "a", "r1").deviation, 0);
  EXPECT_EQ(sample_of(results, "a", "sorting").n, 0U);
  EXPECT_EQ(sample_of(results, "b", "r1").n, 0U);
}

// Two standard errors of the difference of these: 2 sqrt(3 / 3 + 3 / 3) = 2.83.
Sample of_mean(double mean) { return {.n = 3, .mean = mean, .deviation = std::sqrt(3)}; }

TEST(Judge, ADifferenceBeyondTwoStandardErrorsIsTold) {
  EXPECT_EQ(judge(of_mean(23), of_mean(20)).verdict, Verdict::kAgrees);
  EXPECT_EQ(judge(of_mean(20), of_mean(23)).verdict, Verdict::kDisagrees);
  EXPECT_NEAR(judge(of_mean(23), of_mean(20)).two_standard_errors, 2 * std::sqrt(2), 1e-12);
}

TEST(Judge, ASmallerDifferenceIsNoise) {
  EXPECT_EQ(judge(of_mean(22.8), of_mean(20)).verdict, Verdict::kNoiseDoesNotTell);
  EXPECT_EQ(judge(of_mean(20), of_mean(22.8)).verdict, Verdict::kNoiseDoesNotTell);
  EXPECT_EQ(judge(of_mean(20), of_mean(20)).verdict, Verdict::kNoiseDoesNotTell);
}

TEST(Judge, OneSeedTellsNothing) {
  EXPECT_EQ(judge({.n = 1, .mean = 90}, of_mean(10)).verdict, Verdict::kNoiseDoesNotTell);
}

TEST(Judge, WithoutARunThereIsNoVerdict) { EXPECT_EQ(judge({}, of_mean(10)).verdict, Verdict::kNotRun); }

}  // namespace
}  // namespace tvts::test

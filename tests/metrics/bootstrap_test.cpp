#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/metrics/bootstrap.h"

namespace tvts {
namespace {

std::vector<double> hits(std::size_t of, std::size_t items) {
  std::vector<double> values(items, 0);
  std::fill_n(values.begin(), of, 100);
  return values;
}

TEST(Bootstrap, AgreesWithTheNormalIntervalOfAManyItemMean) {
  const Interval interval = bootstrap_mean(hits(300, 1000));
  const double half = 1.96 * 100 * std::sqrt(0.3 * 0.7 / 1000);
  EXPECT_DOUBLE_EQ(interval.mean, 30);
  EXPECT_NEAR(interval.low, 30 - half, 0.2);
  EXPECT_NEAR(interval.high, 30 + half, 0.2);
}

TEST(Bootstrap, OfEqualValuesIsAPoint) {
  const Interval interval = bootstrap_mean(std::vector<double>(7, 2.5));
  EXPECT_DOUBLE_EQ(interval.low, 2.5);
  EXPECT_DOUBLE_EQ(interval.high, 2.5);
}

TEST(Bootstrap, DependsOnTheSeedAlone) {
  const std::vector<double> values = {1, 2, 4, 8, 16, 32, 64};
  const BootstrapOptions seed_5{.resamples = 500, .seed = 5}, seed_6{.resamples = 500, .seed = 6};
  const BootstrapOptions in_three_threads{.resamples = 500, .seed = 5, .threads = 3};
  EXPECT_EQ(bootstrap_mean(values, seed_5).low, bootstrap_mean(values, in_three_threads).low);
  EXPECT_NE(bootstrap_mean(values, seed_5).high, bootstrap_mean(values, seed_6).high);
}

TEST(Bootstrap, PairingTakesOutWhatBothSystemsShare) {
  const std::vector<double> a = hits(60, 100);
  std::vector<double> b = a;
  for (std::size_t i = 0; i < 10; ++i) b[i] = 0;  // wrong on ten more of the same items
  const Interval paired = bootstrap_difference(a, b);
  EXPECT_DOUBLE_EQ(paired.mean, 10);
  EXPECT_GT(paired.low, 0);
  EXPECT_LT(paired.high - paired.low, bootstrap_mean(a).high - bootstrap_mean(a).low);
}

TEST(Bootstrap, WidensWithTheConfidence) {
  const std::vector<double> values = hits(30, 100);
  EXPECT_GT(bootstrap_mean(values, {.confidence = 0.99}).high, bootstrap_mean(values, {.confidence = 0.9}).high);
}

TEST(Bootstrap, RefusesWhatHasNoMean) {
  EXPECT_THROW(bootstrap_mean({}), Error);
  EXPECT_THROW(bootstrap_mean(std::vector<double>{1, std::numeric_limits<double>::infinity()}), Error);
  EXPECT_THROW(bootstrap_difference(hits(1, 3), hits(1, 4)), Error);
}

}  // namespace
}  // namespace tvts

#include "tvts/report/axis.h"

#include <cmath>
#include <set>

#include "tests/report/report_support.h"

namespace tvts::test {
namespace {

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> all;
  for (const AxisTick& tick : axis.ticks) all.push_back(tick.label);
  return all;
}

Axis linear(const std::vector<double>& values) { return make_axis(values, false, 0); }
Axis logarithmic(const std::vector<double>& values) { return make_axis(values, true, 0); }

using Labels = std::vector<std::string>;

TEST(Axis, HasRoundNumbers) {
  EXPECT_EQ(labels(linear({0, 10})), Labels({"0", "2", "4", "6", "8", "10"}));
  EXPECT_EQ(labels(linear({0.03, 0.31})), Labels({"0.05", "0.10", "0.15", "0.20", "0.25", "0.30"}));
  EXPECT_EQ(labels(linear({-1, 1})), Labels({"-1.0", "-0.5", "0.0", "0.5", "1.0"}));
  EXPECT_EQ(labels(linear({0, 2.5e6})), Labels({"0", "500000", "1e6", "1.5e6", "2e6", "2.5e6"}));
}

TEST(Axis, HasPowersOfTenWhereItIsLogarithmic) {
  EXPECT_EQ(labels(logarithmic({1e-7, 1e-4})), Labels({"1e-7", "1e-6", "1e-5", "1e-4"}));
  EXPECT_EQ(labels(logarithmic({1, 50})), Labels({"1", "2", "5", "10", "20", "50"}));
}

TEST(Axis, TellsNeighboursApartFarFromZero) {
  const Axis axis = linear({1e9, 1e9 + 4});
  const Labels all = labels(axis);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  EXPECT_GE(all.size(), 4U);
}

TEST(Axis, PlacesValuesInOrder) {
  const Axis axis = logarithmic({1, 100});
  EXPECT_DOUBLE_EQ(axis.position(1), 0);
  EXPECT_DOUBLE_EQ(axis.position(10), 0.5);
  EXPECT_TRUE(std::isnan(axis.position(0)));
  EXPECT_TRUE(std::isnan(axis.position(-1)));
  EXPECT_TRUE(std::isnan(axis.position(kNan)));
}

TEST(Axis, GivesASingleValueAMargin) {
  for (const double value : {0.0, 5.0, -3e-7, 1e200}) {
    const Axis axis = linear({value, value});
    EXPECT_LT(axis.low, value);
    EXPECT_GT(axis.high, value);
  }
}

TEST(Axis, OfNothingIsStillAnAxis) {
  EXPECT_EQ(linear({}).low, 0);
  EXPECT_EQ(linear({kNan, kInfinity, -kInfinity}).high, 1);
  EXPECT_GT(logarithmic({0, -1}).low, 0);
}

TEST(Axis, TakesAnyTwoNumbers) {
  const std::vector<double> numbers = {0,    -0.0,  5e-324, -5e-324, 1e-310,  1e-250,   1e-12,     0.1,  1, 1 + 1e-15,
                                       -1e9, 1e250, -1e250, 1e300,   1.7e308, -1.7e308, kInfinity, kNan, 3, 1e9 + 1e-6};
  for (const double a : numbers) {
    for (const double b : numbers) {
      for (const bool is_log : {false, true}) {
        const Axis axis = make_axis(std::vector<double>{a, b}, is_log, 0.05);
        ASSERT_TRUE(axis.low < axis.high && std::isfinite(axis.high - axis.low)) << a << " " << b;
        ASSERT_LE(axis.ticks.size(), 20U) << a << " " << b;
        for (const AxisTick& tick : axis.ticks) {
          ASSERT_TRUE(axis.position(tick.value) >= -1e-9 && axis.position(tick.value) <= 1 + 1e-9) << a << " " << b;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tvts::test

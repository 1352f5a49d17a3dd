#include "tvts/train/loop/schedule.h"

#include <gtest/gtest.h>

#include "tvts/train/loop/divergence.h"

namespace tvts::test {
namespace {

TEST(Schedule, DropsAfterEachMilestoneEpoch) {
  const ScheduleOptions options;  // epochs 6 and 8, times 0.1
  EXPECT_DOUBLE_EQ(rate_factor(options, 500, 5, 1000), 1);
  EXPECT_DOUBLE_EQ(rate_factor(options, 600, 6, 1000), 0.1);
  EXPECT_NEAR(rate_factor(options, 900, 9, 1000), 0.01, 1e-15);
}

TEST(Schedule, WarmsUpInAStraightLine) {
  const ScheduleOptions options = {.warmup_steps = 4};
  EXPECT_DOUBLE_EQ(rate_factor(options, 0, 0, 100), 0.25);
  EXPECT_DOUBLE_EQ(rate_factor(options, 3, 0, 100), 1);
  EXPECT_DOUBLE_EQ(rate_factor(options, 4, 0, 100), 1);
}

TEST(Schedule, CosineFallsFromOneToZero) {
  const ScheduleOptions options = {.shape = ScheduleShape::kCosine, .warmup_steps = 10};
  EXPECT_DOUBLE_EQ(rate_factor(options, 10, 0, 110), 1);
  EXPECT_NEAR(rate_factor(options, 60, 0, 110), 0.5, 1e-12);
  EXPECT_NEAR(rate_factor(options, 110, 0, 110), 0, 1e-12);
}

TEST(Divergence, ALossThatIsNoNumberIsTold) {
  DivergenceWatch watch;
  EXPECT_FALSE(watch.observe(3));
  EXPECT_EQ(watch.observe(std::nan("")), "the loss is nan");
}

TEST(Divergence, AClimbFarAboveTheBestIsTold) {
  DivergenceWatch watch;
  for (int i = 0; i < 300; ++i) ASSERT_FALSE(watch.observe(1));
  bool told = false;
  for (int i = 0; i < 300; ++i) told = told || watch.observe(9);
  EXPECT_TRUE(told);
}

TEST(Divergence, SwingsOfANoisyLossAreNot) {
  DivergenceWatch watch;
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(watch.observe(i % 2 == 0 ? 1 : 4)) << i;
}

}  // namespace
}  // namespace tvts::test

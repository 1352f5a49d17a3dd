#include "lab/study/clip_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tvts::test {
namespace {

TEST(ShuffledOrder, HoldsEveryFrameOnce) {
  std::vector<int64_t> order = shuffled_order("clip.mp4", 8);
  std::ranges::sort(order);
  EXPECT_EQ(order, (std::vector<int64_t>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(ShuffledOrder, DependsOnTheNameAlone) {
  EXPECT_EQ(shuffled_order("clip.mp4", 8), shuffled_order("clip.mp4", 8));
  std::set<std::vector<int64_t>> orders;
  for (const char* name : {"a", "b", "c", "d"}) orders.insert(shuffled_order(name, 8));
  EXPECT_EQ(orders.size(), 4U);
}

}  // namespace
}  // namespace tvts::test

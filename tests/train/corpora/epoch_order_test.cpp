#include "tvts/train/corpora/epoch_order.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

std::vector<int64_t> samples_of(const OrderOptions& options, int64_t epoch) {
  const EpochOrder order(options, epoch);
  std::vector<int64_t> samples;
  for (int64_t i = 0; i < epoch_length(options); ++i) samples.push_back(order.at(i).sample);
  return samples;
}

std::vector<int64_t> sorted(std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<int64_t> first_numbers(int64_t count) {
  std::vector<int64_t> numbers;
  for (int64_t i = 0; i < count; ++i) numbers.push_back(i);
  return numbers;
}

TEST(EpochOrder, GivesEverySampleOnce) {
  EXPECT_EQ(sorted(samples_of({.name = "a", .size = 100}, 3)), first_numbers(100));
}

TEST(EpochOrder, DiffersByEpochSeedAndName) {
  const auto order = samples_of({.name = "a", .seed = 1, .size = 100}, 0);
  EXPECT_NE(order, samples_of({.name = "a", .seed = 1, .size = 100}, 1));
  EXPECT_NE(order, samples_of({.name = "a", .seed = 2, .size = 100}, 0));
  EXPECT_NE(order, samples_of({.name = "b", .seed = 1, .size = 100}, 0));
  EXPECT_EQ(order, samples_of({.name = "a", .seed = 1, .size = 100}, 0));
}

TEST(EpochOrder, KeepsBlocksTogetherAndInOrder) {
  const auto order = samples_of({.name = "a", .size = 60, .block = 3}, 0);
  EXPECT_EQ(sorted(order), first_numbers(60));
  for (std::size_t i = 0; i < order.size(); i += 3) {
    EXPECT_EQ(order[i] % 3, 0);
    EXPECT_EQ(order[i + 1], order[i] + 1);
    EXPECT_EQ(order[i + 2], order[i] + 2);
  }
}

TEST(EpochOrder, LeavesOutALastBlockThatIsNotWhole) {
  EXPECT_EQ(sorted(samples_of({.name = "a", .size = 11, .block = 2}, 0)), first_numbers(10));
}

TEST(EpochOrder, AShortEpochIsAPartOfTheWholeOne) {
  const auto all = samples_of({.name = "a", .size = 50}, 4);
  const auto some = samples_of({.name = "a", .size = 50, .samples_per_epoch = 20}, 4);
  EXPECT_EQ(some, std::vector<int64_t>(all.begin(), all.begin() + 20));
}

TEST(EpochOrder, ALongEpochGoesThroughTheCorpusAgainInAnotherOrder) {
  const OrderOptions options{.name = "a", .size = 10, .samples_per_epoch = 25};
  const auto samples = samples_of(options, 0);
  ASSERT_EQ(samples.size(), 25U);
  const std::vector<int64_t> first(samples.begin(), samples.begin() + 10),
      second(samples.begin() + 10, samples.begin() + 20);
  EXPECT_EQ(sorted(first), first_numbers(10));
  EXPECT_EQ(sorted(second), first_numbers(10));
  EXPECT_NE(first, second);
  EXPECT_EQ(EpochOrder(options, 0).at(24).pass, 2);
}

TEST(EpochOrder, RefusesOptionsThatMakeNoSense) {
  EXPECT_THROW(epoch_length({.name = "a", .size = 10, .block = 0}), Error);
  EXPECT_THROW(epoch_length({.name = "a", .size = 10, .samples_per_epoch = -1}), Error);
  EXPECT_THROW(epoch_length({.name = "a", .size = 1, .samples_per_epoch = int64_t{1} << 60}), Error);
}

}  // namespace
}  // namespace tvts

#include "tvts/train/objective/batch_parts.h"

#include <gtest/gtest.h>

namespace tvts::test {
namespace {

// Clip i's pixels, its texts' tokens and its mask are i.
ObjectiveBatch numbered(int64_t clips, int64_t segments) {
  const at::Tensor number = at::arange(clips, at::kLong);
  return {.video = number.to(at::kFloat).reshape({clips, 1, 1, 1, 1}),
          .ids = number.repeat_interleave(segments).unsqueeze(1),
          .keep = number.unsqueeze(1),
          .segments = segments};
}

std::vector<int64_t> sizes_of(const std::vector<ObjectiveBatch>& parts) {
  std::vector<int64_t> sizes;
  for (const ObjectiveBatch& part : parts) sizes.push_back(part.video.size(0));
  return sizes;
}

TEST(BatchParts, AreRunsOfClipsWithTheirTextsAndMasks) {
  const std::vector<ObjectiveBatch> parts = parts_of(numbered(7, 2), 3);
  EXPECT_EQ(sizes_of(parts), (std::vector<int64_t>{2, 2, 3}));
  EXPECT_TRUE(parts[1].video.flatten().equal(at::tensor({2.F, 3.F})));
  EXPECT_TRUE(parts[1].ids.flatten().equal(at::tensor({2, 2, 3, 3}, at::kLong)));
  EXPECT_TRUE(parts[1].keep.flatten().equal(at::tensor({2, 3}, at::kLong)));
}

TEST(BatchParts, AreNoMoreThanTheClips) {
  EXPECT_EQ(sizes_of(parts_of(numbered(2, 1), 8)), (std::vector<int64_t>{1, 1}));
  EXPECT_EQ(sizes_of(parts_of(numbered(5, 1), 1)), (std::vector<int64_t>{5}));
}

TEST(BatchParts, KeepClipsThatAreJoinedTogether) {
  ObjectiveBatch batch = numbered(12, 1);
  batch.join = 4;
  EXPECT_EQ(sizes_of(parts_of(batch, 2)), (std::vector<int64_t>{4, 8}));
  EXPECT_EQ(sizes_of(parts_of(batch, 8)), (std::vector<int64_t>{4, 4, 4}));
}

TEST(BatchParts, JoinedIsTheBatchAgain) {
  const auto encoded = [](double from) {
    return EncodedBatch{.video = at::full({2, 3}, from), .texts = at::full({2, 3}, from + 1)};
  };
  const EncodedBatch whole = joined({encoded(0), encoded(10)});
  EXPECT_TRUE(whole.video.select(1, 0).equal(at::tensor({0.F, 0.F, 10.F, 10.F})));
  EXPECT_TRUE(whole.texts.select(1, 0).equal(at::tensor({1.F, 1.F, 11.F, 11.F})));
  EXPECT_FALSE(whole.sort_logits.defined());
}

}  // namespace
}  // namespace tvts::test

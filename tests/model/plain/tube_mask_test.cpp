#include <gtest/gtest.h>

#include <ATen/CPUGeneratorImpl.h>

#include "tvts/core/error.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts {
namespace {

TEST(TubeMask, KeepsTheWholeNumberBelow) {
  EXPECT_EQ(kept_patches(196, 0.5), 98);
  EXPECT_EQ(kept_patches(49, 0.0), 49);
  EXPECT_EQ(kept_patches(10, 0.75), 2);
}

TEST(TubeMask, RefusesARatioThatKeepsNothing) {
  EXPECT_THROW(kept_patches(4, 0.9), Error);
  EXPECT_THROW(kept_patches(4, 1.0), Error);
  EXPECT_THROW(kept_patches(4, -0.1), Error);
}

TEST(TubeMask, DrawsDistinctCellsForEachClip) {
  const at::Tensor keep = random_tube_mask(8, 20, 0.5, at::detail::createCPUGenerator(3));
  ASSERT_EQ(keep.sizes(), at::IntArrayRef({8, 10}));
  bool rows_differ = false;
  for (int64_t clip = 0; clip < 8; ++clip) {
    EXPECT_EQ(std::get<0>(at::unique_consecutive(std::get<0>(keep[clip].sort()))).numel(), 10);
    rows_differ = rows_differ || !keep[clip].equal(keep[0]);
  }
  EXPECT_GE(keep.min().item<int64_t>(), 0);
  EXPECT_LT(keep.max().item<int64_t>(), 20);
  EXPECT_TRUE(rows_differ);
}

TEST(TubeMask, KeepsTheSameCellsInEveryFrameInTheMaskOrder) {
  const at::Tensor patches = at::arange(2 * 3 * 4).view({2, 3, 4, 1});
  const at::Tensor kept = keep_patches(patches, at::tensor({3, 0, 2, 1}, at::kLong).view({2, 2}));
  EXPECT_TRUE(kept[0].squeeze(-1).equal(at::tensor({3, 0, 7, 4, 11, 8}, at::kLong).view({3, 2})));
  EXPECT_TRUE(kept[1].squeeze(-1).equal(at::tensor({14, 13, 18, 17, 22, 21}, at::kLong).view({3, 2})));
}

}  // namespace
}  // namespace tvts

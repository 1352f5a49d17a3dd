#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

constexpr int64_t kStart = 598, kEnd = 599;  // of the tiny vocabulary

at::Tensor ids(std::vector<int64_t> values) {
  values.resize(12, 0);
  return at::tensor(values, at::kLong).unsqueeze(0);
}

class TextEncoderTest : public testing::Test {
 protected:
  DualEncoder model_ = tiny_model();
  at::NoGradGuard no_grad_;
};

TEST_F(TextEncoderTest, PaddingAfterTheEndHasNoEffect) {
  at::Tensor padded = ids({kStart, 5, 6, kEnd});
  const at::Tensor before = model_.text(padded);
  padded[0][10] = 77;
  EXPECT_TRUE(before.equal(model_.text(padded)));
}

TEST_F(TextEncoderTest, AShorterContextGivesTheSameFeature) {
  const at::Tensor padded = ids({kStart, 5, 6, kEnd});
  const at::Tensor shorter = model_.text(padded.narrow(1, 0, 4));
  EXPECT_LT((model_.text(padded) - shorter).abs().max().item<double>(), 1e-5);
}

TEST_F(TextEncoderTest, OfEqualLargestIdsTheFirstCounts) {
  const at::Tensor once = model_.text(ids({kStart, 5, kEnd}));
  EXPECT_TRUE(once.equal(model_.text(ids({kStart, 5, kEnd, 9, kEnd}))));
}

TEST_F(TextEncoderTest, RefusesIdsOutsideTheVocabulary) {
  EXPECT_THROW(model_.text(ids({kStart, 600, kEnd})), Error);
  EXPECT_THROW(model_.text(ids({kStart, -1, kEnd})), Error);
  EXPECT_THROW(model_.text(at::zeros({1, 13}, at::kLong)), Error);
}

}  // namespace
}  // namespace tvts::test

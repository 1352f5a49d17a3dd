#include "tvts/metrics/paired_test.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

TEST(PairedTest, TheSignTestIsTheBinomialTailTwice) {
  EXPECT_NEAR(sign_test_p(0, 5), 2.0 / 32, 1e-12);
  EXPECT_NEAR(sign_test_p(1, 5), 2.0 * 6 / 32, 1e-12);
  EXPECT_NEAR(sign_test_p(4, 5), 2.0 * 6 / 32, 1e-12);
  EXPECT_DOUBLE_EQ(sign_test_p(3, 6), 1);
  EXPECT_DOUBLE_EQ(sign_test_p(0, 0), 1);
  EXPECT_NEAR(sign_test_p(450, 1000), 0.0017305, 1e-6);  // scipy.stats.binomtest(450, 1000).pvalue
}

TEST(PairedTest, CountsItemsThatDiffer) {
  const std::vector<double> a = {100, 100, 0, 0, 100}, b = {0, 0, 0, 100, 100};
  const PairedTest test = paired_test(a, b);
  EXPECT_EQ(test.a_higher, 2U);
  EXPECT_EQ(test.b_higher, 1U);
  EXPECT_DOUBLE_EQ(test.difference.mean, 20);
  EXPECT_DOUBLE_EQ(test.p, 1);
}

TEST(PairedTest, RefusesDifferentNumbersOfItems) {
  EXPECT_THROW(paired_test(std::vector<double>{1}, std::vector<double>{1, 2}), Error);
}

}  // namespace
}  // namespace tvts

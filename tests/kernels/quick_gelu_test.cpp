#include "tvts/kernels/quick_gelu.h"

#include "tests/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using QuickGeluKernel = KernelOf<T>;
TYPED_TEST_SUITE(QuickGeluKernel, KernelTypes);

TYPED_TEST(QuickGeluKernel, IsTheDefinitionFromMinusToPlusManyDeviations) {
  under_each_instruction_set([] {
    std::vector<TypeParam> x(513);
    for (std::size_t i = 0; i < x.size(); ++i) assign(x[i], (static_cast<double>(i) - 256) / 8);
    const std::vector<TypeParam> before = x;
    quick_gelu(x.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double one = value(before[i]);
      EXPECT_NEAR(value(x[i]), one / (1 + std::exp(-1.702 * one)), rounding<TypeParam>(one)) << one;
    }
  });
}

TYPED_TEST(QuickGeluKernel, TakesNumbersOfAnySize) {
  under_each_instruction_set([] {
    std::vector<TypeParam> x(2);
    assign(x[0], -1e30);
    assign(x[1], 1e30);
    quick_gelu(x.data(), x.size());
    EXPECT_NEAR(value(x[0]), 0, 1e-6);
    EXPECT_NEAR(value(x[1]), 1e30, 1e28);
  });
}

}  // namespace
}  // namespace tvts::test

#include "tvts/model/cpu/kernels/quick_gelu.h"

#include "tests/model/cpu/kernels/kernel_support.h"

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

TYPED_TEST(QuickGeluKernel, ItsGradientIsTheDerivativeWhateverTheSize) {
  under_each_instruction_set([] {
    for (const std::size_t size : {1, 7, 16, 33}) {
      const std::vector<TypeParam> x = random_numbers<TypeParam>(size, 5, /*scale=*/3);
      std::vector<TypeParam> gradient = random_numbers<TypeParam>(size, 6);
      const std::vector<TypeParam> given = gradient;
      quick_gelu_backward(x.data(), size, gradient.data());
      for (std::size_t i = 0; i < size; ++i) {
        const double number = value(x[i]), s = 1 / (1 + std::exp(-1.702 * number));
        const double expected = value(given[i]) * (s + 1.702 * number * s * (1 - s));
        EXPECT_NEAR(value(gradient[i]), expected, rounding<TypeParam>(1 + std::abs(expected))) << number;
      }
    }
  });
}

TYPED_TEST(QuickGeluKernel, ItsGradientIsFiniteFarFromZero) {
  under_each_instruction_set([] {
    std::vector<TypeParam> x(2), gradient(2);
    assign(x[0], 1e4);
    assign(x[1], -1e4);
    for (TypeParam& one : gradient) assign(one, 1);
    quick_gelu_backward(x.data(), 2, gradient.data());
    EXPECT_NEAR(value(gradient[0]), 1, 1e-3);
    EXPECT_NEAR(value(gradient[1]), 0, 1e-3);
  });
}

}  // namespace
}  // namespace tvts::test

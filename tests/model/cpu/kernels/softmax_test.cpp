#include "tvts/model/cpu/kernels/softmax.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

void check_weights(std::size_t rows, std::size_t count, double size) {
  constexpr float kScale = 0.3F;
  const std::size_t stride = padded(count + kRowPadding), weight_stride = stride + 7;
  const std::vector<float> scores = random_numbers<float>(rows * stride, 1, size);
  std::vector<float> overwritten = scores, inverse_sums(rows);
  std::vector<Bfloat16> weights(rows * weight_stride, Bfloat16{0x3f80});
  softmax_weights({.scores = overwritten.data(), .stride = stride, .rows = rows, .count = count, .scale = kScale},
                  weights.data(), weight_stride, inverse_sums.data());
  for (std::size_t row = 0; row < rows; ++row) {
    const float* given = scores.data() + row * stride;
    const double largest = *std::max_element(given, given + count);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += std::exp(double{kScale} * (given[i] - largest));
    EXPECT_NEAR(inverse_sums[row] * sum, 1, 2e-4);
    for (std::size_t i = 0; i < weight_stride; ++i) {
      const double expected = i < count ? std::exp(double{kScale} * (given[i] - largest)) : 0;
      EXPECT_NEAR(value(weights[row * weight_stride + i]), expected, rounding<Bfloat16>(expected)) << row << " " << i;
    }
  }
}

TEST(SoftmaxKernel, WeighsEachScoreByItsExponentialAndPadsWithZeros) {
  under_each_instruction_set([] {
    for (const std::size_t count : {1, 2, 13, 16, 50, 197}) check_weights(3, count, 2);
    check_weights(0, 5, 1);
  });
}

TEST(SoftmaxKernel, TakesScoresOfAnySize) {
  under_each_instruction_set([] {
    check_weights(4, 33, 1e4);
    check_weights(2, 17, 1e30);
  });
}

TEST(SoftmaxKernel, ScalesEachRowByItsFactor) {
  under_each_instruction_set([] {
    constexpr std::size_t kRows = 3, kWidth = 21, kStride = 30;
    const std::vector<float> x = random_numbers<float>(kRows * kWidth, 2), factors = {0.5, 2, 3};
    std::vector<Bfloat16> out(kRows * kStride, Bfloat16{7});
    scale_rows(x.data(), kRows, kWidth, factors.data(), out.data(), kStride);
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t i = 0; i < kStride; ++i) {
        const double expected = i < kWidth ? x[row * kWidth + i] * factors[row] : value(Bfloat16{7});
        EXPECT_NEAR(value(out[row * kStride + i]), expected, rounding<Bfloat16>(expected)) << row << " " << i;
      }
    }
  });
}

}  // namespace
}  // namespace tvts::test

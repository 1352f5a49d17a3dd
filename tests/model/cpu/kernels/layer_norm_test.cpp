#include "tvts/model/cpu/kernels/layer_norm.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using LayerNormKernel = KernelOf<T>;
TYPED_TEST_SUITE(LayerNormKernel, KernelTypes);

template <class T>
void check(std::size_t count, std::size_t width, bool adds, bool keeps, double offset = 0) {
  std::vector<float> x = random_numbers<float>(count * width, 1);
  for (float& number : x) number += static_cast<float>(offset);
  const std::vector<float> before = x, gain = random_numbers<float>(width, 2), bias = random_numbers<float>(width, 3);
  const std::vector<T> add = random_numbers<T>(count * width, 4);
  std::vector<T> out(count * width);
  layer_norm({.x = x.data(),
              .keep_sum = keeps,
              .gain = gain.data(),
              .bias = bias.data(),
              .epsilon = 1e-5F,
              .rows = count,
              .width = width},
             adds ? add.data() : nullptr, out.data());
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<double> sum(width);
    double mean = 0, variance = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t index = row * width + i;
      sum[i] = before[index] + (adds ? value(add[index]) : 0);
      mean += sum[i] / static_cast<double>(width);
      EXPECT_NEAR(x[index], keeps ? sum[i] : before[index], 1e-6 * (1 + std::abs(offset))) << row << " " << i;
    }
    for (const double one : sum) variance += (one - mean) * (one - mean) / static_cast<double>(width);
    for (std::size_t i = 0; i < width; ++i) {
      const double expected = gain[i] * (sum[i] - mean) / std::sqrt(variance + 1e-5) + bias[i];
      EXPECT_NEAR(value(out[row * width + i]), expected, rounding<T>(1 + std::abs(expected)) * (1 + std::abs(offset)))
          << row << " " << i;
    }
  }
}

TYPED_TEST(LayerNormKernel, IsTheDefinitionAtAnyWidth) {
  under_each_instruction_set([] {
    for (const std::size_t width : {1, 5, 8, 16, 31, 96, 768, 1280}) {
      check<TypeParam>(3, width, false, true);
      check<TypeParam>(3, width, true, true);
      check<TypeParam>(3, width, true, false);
    }
  });
}

TYPED_TEST(LayerNormKernel, SurvivesAMeanThatIsLargeBesideTheDeviation) {
  under_each_instruction_set([] { check<TypeParam>(2, 256, true, true, /*offset=*/30); });
}

}  // namespace
}  // namespace tvts::test

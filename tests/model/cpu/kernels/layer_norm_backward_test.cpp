#include "tvts/model/cpu/kernels/layer_norm_backward.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using LayerNormBackwardKernel = KernelOf<T>;
TYPED_TEST_SUITE(LayerNormBackwardKernel, KernelTypes);

constexpr float kEpsilon = 1e-5F;

struct Normal {
  std::vector<double> values;
  double deviation;
};

Normal normal_of(const std::vector<double>& x) {
  const auto width = static_cast<double>(x.size());
  double mean = 0, variance = 0;
  for (const double one : x) mean += one / width;
  for (const double one : x) variance += (one - mean) * (one - mean) / width;
  Normal normal = {.values = x, .deviation = std::sqrt(variance + kEpsilon)};
  for (double& one : normal.values) one = (one - mean) / normal.deviation;
  return normal;
}

// The derivatives as one writes them down for one row.
template <class T>
void check(std::size_t count, std::size_t width, bool adds) {
  const std::vector<float> x = random_numbers<float>(count * width, 1), gain = random_numbers<float>(width, 2);
  const std::vector<T> add = random_numbers<T>(count * width, 3), g = random_numbers<T>(count * width, 4);
  const std::vector<float> before = random_numbers<float>(count * width, 5);
  std::vector<float> x_gradient = before, gain_gradient(width, 1), bias_gradient(width, 2);
  std::vector<T> alone(count * width);
  layer_norm_backward({.x = x.data(),
                       .gain = gain.data(),
                       .epsilon = kEpsilon,
                       .rows = count,
                       .width = width,
                       .x_gradient = x_gradient.data(),
                       .gain_gradient = gain_gradient.data(),
                       .bias_gradient = bias_gradient.data()},
                      adds ? add.data() : nullptr, g.data(), alone.data());
  std::vector<double> gains(width, 1), biases(width, 2);
  for (std::size_t row = 0; row < count; ++row) {
    std::vector<double> sum(width);
    for (std::size_t i = 0; i < width; ++i) {
      sum[i] = x[row * width + i] + (adds ? value(add[row * width + i]) : 0);
    }
    const Normal normal = normal_of(sum);
    double mean_h = 0, mean_hn = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const double gradient = value(g[row * width + i]), h = gradient * gain[i];
      mean_h += h / static_cast<double>(width);
      mean_hn += h * normal.values[i] / static_cast<double>(width);
      gains[i] += gradient * normal.values[i];
      biases[i] += gradient;
    }
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t index = row * width + i;
      const double expected = (value(g[index]) * gain[i] - mean_h - normal.values[i] * mean_hn) / normal.deviation;
      EXPECT_NEAR(x_gradient[index] - before[index], expected, 1e-5 * (2 + std::abs(expected))) << row << " " << i;
      EXPECT_NEAR(value(alone[index]), expected, rounding<T>(2 + std::abs(expected)) + 1e-5) << row << " " << i;
    }
  }
  for (std::size_t i = 0; i < width; ++i) {
    EXPECT_NEAR(gain_gradient[i], gains[i], 1e-4) << i;
    EXPECT_NEAR(bias_gradient[i], biases[i], 1e-4) << i;
  }
}

TYPED_TEST(LayerNormBackwardKernel, IsTheDerivativeAtAnyWidth) {
  under_each_instruction_set([] {
    for (const std::size_t width : {5, 8, 31, 96, 768}) {
      check<TypeParam>(3, width, false);
      check<TypeParam>(3, width, true);
    }
  });
}

TYPED_TEST(LayerNormBackwardKernel, LeavesOutTheGradientByItselfWhereNobodyWantsIt) {
  under_each_instruction_set([] {
    const std::vector<float> x = {1, 2, 4, 8}, gain = {1, 1, 1, 1};
    std::vector<float> x_gradient(4), sums(4);
    const std::vector<TypeParam> g = random_numbers<TypeParam>(4, 1);
    layer_norm_backward({.x = x.data(),
                         .gain = gain.data(),
                         .epsilon = kEpsilon,
                         .rows = 1,
                         .width = 4,
                         .x_gradient = x_gradient.data(),
                         .gain_gradient = sums.data(),
                         .bias_gradient = sums.data()},
                        static_cast<const TypeParam*>(nullptr), g.data(), static_cast<TypeParam*>(nullptr));
    EXPECT_NE(x_gradient[0], 0);
  });
}

}  // namespace
}  // namespace tvts::test

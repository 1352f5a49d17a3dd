#include "tvts/model/cpu/kernels/quantise.h"

#include <algorithm>
#include <limits>

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using QuantiseKernel = KernelOf<T>;
TYPED_TEST_SUITE(QuantiseKernel, KernelTypes);

template <class T>
struct Quantised {
  std::vector<std::uint8_t> bytes;
  std::vector<float> scales, outliers;
};

template <class T>
Quantised<T> quantised(std::vector<T> x, std::size_t rows, const std::vector<std::int64_t>& outliers) {
  Quantised<T> out = {.bytes = std::vector<std::uint8_t>(x.size()),
                      .scales = std::vector<float>(rows),
                      .outliers = std::vector<float>(rows * outliers.size())};
  quantise(QuantiseRows<T>{.x = x.data(),
                           .rows = rows,
                           .width = x.size() / rows,
                           .outlier_columns = outliers.data(),
                           .outliers = outliers.size(),
                           .bytes = out.bytes.data(),
                           .scales = out.scales.data(),
                           .outlier_values = out.outliers.data()});
  return out;
}

TYPED_TEST(QuantiseKernel, IsHalfAStepFromEveryNumber) {
  under_each_instruction_set([] {
    for (const std::size_t width : {1, 7, 16, 33, 768}) {
      const auto x = random_numbers<TypeParam>(3 * width, 1);
      const auto out = quantised(x, 3, {});
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double scale = out.scales[i / width];
        EXPECT_LE(std::abs((out.bytes[i] - 128) * scale - value(x[i])), 0.5001 * scale) << width << " " << i;
      }
      for (std::size_t row = 0; row < 3; ++row) {
        double largest = 0;
        for (std::size_t i = 0; i < width; ++i) largest = std::max(largest, std::abs(value(x[row * width + i])));
        EXPECT_NEAR(out.scales[row], largest / 127, largest * 1e-6);
      }
    }
  });
}

TYPED_TEST(QuantiseKernel, OutliersThatAreKeptApartLeaveTheOthersTheirSteps) {
  under_each_instruction_set([] {
    const std::size_t width = 37;
    auto x = random_numbers<TypeParam>(2 * width, 2);
    assign(x[5], 300);
    assign(x[width + 36], -500);
    const auto out = quantised(x, 2, {36, 5});
    EXPECT_EQ(out.outliers, (std::vector<float>{static_cast<float>(value(x[36])), 300, -500,
                                                static_cast<float>(value(x[width + 5]))}));
    EXPECT_EQ(out.bytes[5], 128);
    EXPECT_EQ(out.bytes[width + 36], 128);
    EXPECT_LT(out.scales[0], 4.0 / 127);
    EXPECT_LT(out.scales[1], 4.0 / 127);
  });
}

TYPED_TEST(QuantiseKernel, ARowOfZerosIsZeros) {
  under_each_instruction_set([] {
    const auto out = quantised(std::vector<TypeParam>(20), 1, {});
    EXPECT_EQ(out.bytes, std::vector<std::uint8_t>(20, 128));
    EXPECT_TRUE(std::isfinite(out.scales[0]));
  });
}

TYPED_TEST(QuantiseKernel, DoesNotHideANumberThatIsNotFinite) {
  under_each_instruction_set([] {
    for (const double bad : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
      for (const std::size_t index : {0, 19, 32}) {
        auto x = random_numbers<TypeParam>(2 * 33, 3);
        assign(x[33 + index], bad);
        const auto out = quantised(x, 2, {});
        EXPECT_TRUE(std::isfinite(out.scales[0]));
        EXPECT_TRUE(std::isnan(out.scales[1])) << index;
      }
    }
  });
}

TYPED_TEST(QuantiseKernel, DequantiseIsTheDefinitionAtAnyWidth) {
  under_each_instruction_set([] {
    for (const std::size_t width : {1, 8, 19, 768}) {
      for (const std::size_t outliers : {0, 3}) {
        auto x = random_numbers<TypeParam>(2 * width, 4);
        const auto before = x;
        const auto scales = random_numbers<float>(2, 5), bias = random_numbers<float>(width, 6);
        const auto values = random_numbers<float>(2 * outliers, 7), weight = random_numbers<float>(outliers * width, 8);
        dequantise(DequantiseRows<TypeParam>{.x = x.data(),
                                             .rows = 2,
                                             .width = width,
                                             .scales = scales.data(),
                                             .outlier_values = values.data(),
                                             .outlier_weight = weight.data(),
                                             .outliers = outliers,
                                             .bias = bias.data()});
        for (std::size_t i = 0; i < x.size(); ++i) {
          const std::size_t row = i / width, column = i % width;
          double expected = value(before[i]) * scales[row] + bias[column];
          for (std::size_t j = 0; j < outliers; ++j)
            expected += values[row * outliers + j] * weight[j * width + column];
          EXPECT_NEAR(value(x[i]), expected, rounding<TypeParam>(4 + std::abs(expected))) << width << " " << i;
        }
      }
    }
  });
}

}  // namespace
}  // namespace tvts::test

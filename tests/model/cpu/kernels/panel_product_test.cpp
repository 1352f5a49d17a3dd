#include "tvts/model/cpu/kernels/panel_product.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

struct Sizes {
  std::size_t rows, inputs, outputs;
};

void expect_product(const Sizes& sizes, bool has_bias) {
  const auto [rows, inputs, outputs] = sizes;
  const auto x = random_numbers<float>(rows * inputs, 1), weight = random_numbers<float>(outputs * inputs, 2);
  const auto bias = random_numbers<float>(outputs, 3);
  std::vector<float> panels(panel_floats(outputs, inputs)), y(rows * outputs, NAN);
  pack_panels(weight.data(), outputs, inputs, panels.data());
  multiply_panels({x.data(), rows, inputs, panels.data(), outputs, has_bias ? bias.data() : nullptr, y.data()});
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < outputs; ++j) {
      double expected = has_bias ? bias[j] : 0, size = std::abs(expected);
      for (std::size_t k = 0; k < inputs; ++k) {
        const double term = static_cast<double>(x[i * inputs + k]) * weight[j * inputs + k];
        expected += term;
        size += std::abs(term);
      }
      ASSERT_NEAR(y[i * outputs + j], expected, 1e-6 * size) << "row " << i << ", output " << j;
    }
  }
}

TEST(PanelProduct, IsThatOfEverySizeOfTilesAndPanels) {
  under_each_instruction_set([] {
    for (const Sizes& sizes :
         {Sizes{1, 1, 1}, {5, 7, 15}, {6, 384, 16}, {7, 385, 17}, {12, 33, 64}, {97, 800, 130}, {199, 300, 270}}) {
      SCOPED_TRACE(testing::Message() << sizes.rows << " x " << sizes.inputs << " x " << sizes.outputs);
      expect_product(sizes, true);
      expect_product(sizes, false);
    }
  });
}

TEST(PanelProduct, ARowDoesNotDependOnTheRowsBesideIt) {
  under_each_instruction_set([] {
    constexpr std::size_t kRows = 100, kInputs = 500, kOutputs = 70;
    const auto x = random_numbers<float>(kRows * kInputs, 4), weight = random_numbers<float>(kOutputs * kInputs, 5);
    std::vector<float> panels(panel_floats(kOutputs, kInputs)), all(kRows * kOutputs), one(kOutputs);
    pack_panels(weight.data(), kOutputs, kInputs, panels.data());
    multiply_panels({x.data(), kRows, kInputs, panels.data(), kOutputs, nullptr, all.data()});
    for (const std::size_t row : {0, 5, 95, 99}) {
      multiply_panels({x.data() + row * kInputs, 1, kInputs, panels.data(), kOutputs, nullptr, one.data()});
      EXPECT_TRUE(std::equal(one.begin(), one.end(), all.begin() + static_cast<std::ptrdiff_t>(row * kOutputs))) << row;
    }
  });
}

}  // namespace
}  // namespace tvts::test

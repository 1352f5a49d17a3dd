#include "tvts/core/dot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tvts {
namespace {

std::vector<float> waves(std::size_t size, float step) {
  std::vector<float> values;
  for (std::size_t i = 0; i < size; ++i) values.push_back(std::sin(step * static_cast<float>(i + 1)));
  return values;
}

TEST(Dots, HaveTheBitsOfEachProductAlone) {
  for (const std::size_t size : {1, 8, 15, 16, 17, 64, 100}) {
    for (const std::size_t count : {0, 1, 3, 4, 5, 11}) {
      const std::vector<float> a = waves(size, 0.7F), rows = waves(count * size, 0.3F);
      std::vector<float> together(count), alone;
      dots(a.data(), rows.data(), count, size, together.data());
      for (std::size_t i = 0; i < count; ++i) alone.push_back(dot(a.data(), rows.data() + i * size, size));
      EXPECT_EQ(together, alone) << size;
    }
  }
}

TEST(Dots, AgreeWithTheDefinition) {
  const std::vector<float> a = waves(77, 0.7F), b = waves(77, 0.3F);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  EXPECT_NEAR(dot(a.data(), b.data(), a.size()), sum, 1e-5);
}

}  // namespace
}  // namespace tvts

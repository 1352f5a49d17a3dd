// Each kernel under each instruction set that this CPU has, over float and bfloat16 numbers.
#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <bit>
#include <cmath>
#include <random>
#include <type_traits>
#include <vector>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts::test {

template <class Check>
void under_each_instruction_set(const Check& check) {
  for (const std::int64_t target : {HWY_AVX3, HWY_AVX2}) {
    hwy::SetSupportedTargetsForTest(0);
    if ((hwy::SupportedTargets() & target) == 0) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(hwy::TargetName(target));
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

inline double value(float x) { return x; }
inline double value(Bfloat16 x) { return std::bit_cast<float>(static_cast<std::uint32_t>(x) << 16); }

inline void assign(float& to, double from) { to = static_cast<float>(from); }
inline void assign(Bfloat16& to, double from) {  // to the nearest, ties to even
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(from));
  to = static_cast<Bfloat16>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// What one rounding to T may change in a number of about this size.
template <class T>
double rounding(double size) {
  return std::abs(size) * (std::is_same_v<T, float> ? 2e-6 : 1.0 / 256) + 1e-6;
}

template <class T>
std::vector<T> random_numbers(std::size_t count, unsigned seed, double scale = 1) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal(0, scale);
  std::vector<T> numbers(count);
  for (T& number : numbers) assign(number, normal(generator));
  return numbers;
}

template <class T>
class KernelOf : public testing::Test {};
using KernelTypes = testing::Types<float, Bfloat16>;

}  // namespace tvts::test

#include "tvts/core/dot.h"

#include <cstring>

namespace tvts {
namespace {

// The 16 partial sums are two vectors of 8.
constexpr std::size_t kLanes = 8, kSums = 2 * kLanes;
using Lanes [[gnu::vector_size(kLanes * sizeof(float))]] = float;

[[gnu::always_inline]] inline void load(const float* from, Lanes& lanes) { std::memcpy(&lanes, from, sizeof(lanes)); }

// kRows products at once, each as if it were alone: a is loaded once for all of them.
template <std::size_t kRows>
[[gnu::always_inline]] inline void dots_of(const float* a, const float* rows, std::size_t size, float* out) {
  Lanes low[kRows] = {}, high[kRows] = {};
  const std::size_t whole = size / kSums * kSums;
  for (std::size_t i = 0; i < whole; i += kSums) {
    Lanes a_low, a_high;
    load(a + i, a_low);
    load(a + i + kLanes, a_high);
#pragma GCC unroll 4
    for (std::size_t row = 0; row < kRows; ++row) {
      Lanes b_low, b_high;
      load(rows + row * size + i, b_low);
      load(rows + row * size + i + kLanes, b_high);
      low[row] += a_low * b_low;
      high[row] += a_high * b_high;
    }
  }
#pragma GCC unroll 4
  for (std::size_t row = 0; row < kRows; ++row) {
    float sums[kSums];
    std::memcpy(sums, &low[row], sizeof(Lanes));
    std::memcpy(sums + kLanes, &high[row], sizeof(Lanes));
    for (std::size_t i = whole; i < size; ++i) sums[i - whole] += a[i] * rows[row * size + i];
    for (std::size_t width = kSums / 2; width > 0; width /= 2) {
      for (std::size_t lane = 0; lane < width; ++lane) sums[lane] += sums[lane + width];
    }
    out[row] = sums[0];
  }
}

[[gnu::always_inline]] inline void all_dots_of(const float* a, const float* rows, std::size_t count, std::size_t size,
                                               float* out) {
  constexpr std::size_t kAtOnce = 4;
  std::size_t i = 0;
  for (; i + kAtOnce <= count; i += kAtOnce) dots_of<kAtOnce>(a, rows + i * size, size, out + i);
  for (; i < count; ++i) dots_of<1>(a, rows + i * size, size, out + i);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void dots_avx2(const float* a, const float* rows, std::size_t count, std::size_t size,
                                       float* out) {
  all_dots_of(a, rows, count, size, out);
}
#endif

}  // namespace

float dot(const float* a, const float* b, std::size_t size) {
  float product = 0;
  dots_of<1>(a, b, size, &product);
  return product;
}

void dots(const float* a, const float* rows, std::size_t count, std::size_t size, float* out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return dots_avx2(a, rows, count, size, out);
#endif
  all_dots_of(a, rows, count, size, out);
}

}  // namespace tvts

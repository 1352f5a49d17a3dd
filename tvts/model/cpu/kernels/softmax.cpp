#include "tvts/model/cpu/kernels/softmax.h"

#include <algorithm>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/softmax.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/coarse_exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// count: of whole vectors.
HWY_INLINE float largest_of(const float* x, std::size_t count) {
  const Lanes lanes;
  auto largest = hn::LoadU(lanes, x);
  for (std::size_t at = hn::Lanes(lanes); at < count; at += hn::Lanes(lanes)) {
    largest = hn::Max(largest, hn::LoadU(lanes, x + at));
  }
  return hn::GetLane(hn::MaxOfLanes(lanes, largest));
}

void weights_of(const ScoreRows& from, Bfloat16* weights, std::size_t weight_stride, float* inverse_sums) {
  const std::size_t count = padded(from.count);
  for (std::size_t row = 0; row < from.rows; ++row) {
    float* scores = from.scores + row * from.stride;
    Bfloat16* to = weights + row * weight_stride;
    std::fill(scores + from.count, scores + count, std::numeric_limits<float>::lowest());
    const float largest = largest_of(scores, count), scale = from.scale * kLog2OfE;
    const float sum = sum_over_row(count, [&](auto d, std::size_t at) HWY_ATTR {
      const auto below = hn::Sub(load(d, scores + at), hn::Set(d, largest));
      const auto weight = coarse_exp2(d, hn::Mul(below, hn::Set(d, scale)));
      store(d, weight, to + at);
      return weight;
    });
    std::fill(to + from.count, to + weight_stride, Bfloat16());
    inverse_sums[row] = 1 / sum;
  }
}

void scaled(const float* x, std::size_t rows, std::size_t width, const float* factors, Bfloat16* out,
            std::size_t out_stride) {
  for (std::size_t row = 0; row < rows; ++row) {
    widen(x + row * width, factors[row], width, out + row * out_stride);
  }
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(weights_of);
HWY_EXPORT(scaled);

void softmax_weights(const ScoreRows& from, Bfloat16* weights, std::size_t weight_stride, float* inverse_sums) {
  HWY_DYNAMIC_DISPATCH(weights_of)(from, weights, weight_stride, inverse_sums);
}

void scale_rows(const float* x, std::size_t rows, std::size_t width, const float* factors, Bfloat16* out,
                std::size_t out_stride) {
  HWY_DYNAMIC_DISPATCH(scaled)(x, rows, width, factors, out, out_stride);
}

}  // namespace tvts
#endif

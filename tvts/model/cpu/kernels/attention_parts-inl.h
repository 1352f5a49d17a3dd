// Functions shared by attention and its gradient, for the instruction set being compiled. Included by their sources
// after hwy/foreach_target.h.
#if defined(TVTS_KERNELS_ATTENTION_PARTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TVTS_KERNELS_ATTENTION_PARTS_INL_H_
#undef TVTS_KERNELS_ATTENTION_PARTS_INL_H_
#else
#define TVTS_KERNELS_ATTENTION_PARTS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

#include <hwy/contrib/math/math-inl.h>
#include "tvts/model/cpu/kernels/attend.h"
#include "tvts/model/cpu/kernels/small_product-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {

constexpr std::size_t kQueriesAtOnce = 48;  // so that their scores stay in the cache

HWY_INLINE float number_at(const float* from, std::size_t i) { return from[i]; }
HWY_INLINE float number_at(const Bfloat16* from, std::size_t i) { return hn::GetLane(load(OneLane(), from + i)); }

// A row becomes a column of a matrix whose rows lie to_row numbers apart.
template <class T>
HWY_INLINE void lay_column(const T* from, std::size_t size, float* to, std::size_t to_row) {
  for (std::size_t i = 0; i < size; ++i) to[i * to_row] = number_at(from, i);
}

// From scores to exp(scores - their maximum); returns the sum of these.
HWY_INLINE float exponentials(float* scores, std::size_t count) {
  const Lanes lanes;
  const std::size_t step = hn::Lanes(lanes);
  float highest = scores[0];
  std::size_t next = 1;
  if (count >= step) {
    auto largest = hn::LoadU(lanes, scores);
    for (next = step; next + step <= count; next += step) largest = hn::Max(largest, hn::LoadU(lanes, scores + next));
    highest = hn::GetLane(hn::MaxOfLanes(lanes, largest));
  }
  for (; next < count; ++next) highest = scores[next] > highest ? scores[next] : highest;
  return sum_over_row(count, [&](auto d, std::size_t at) HWY_ATTR {
    const auto weight = hn::Exp(d, hn::Sub(load(d, scores + at), hn::Set(d, highest)));
    store(d, weight, scores + at);
    return weight;
  });
}

}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

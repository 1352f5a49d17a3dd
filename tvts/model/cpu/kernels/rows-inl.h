// Loads, stores and loops over rows of float or bfloat16 numbers, for the instruction set being compiled. Included by
// each kernel's source after hwy/foreach_target.h.
#if defined(TVTS_KERNELS_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TVTS_KERNELS_ROWS_INL_H_
#undef TVTS_KERNELS_ROWS_INL_H_
#else
#define TVTS_KERNELS_ROWS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

#include "tvts/model/cpu/kernels/bfloat16.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::ScalableTag<float>;
using OneLane = hn::CappedTag<float, 1>;

template <class D>
HWY_INLINE hn::Vec<D> load([[maybe_unused]] D d, const float* from) {
  return hn::LoadU(d, from);
}

template <class D>
HWY_INLINE hn::Vec<D> load([[maybe_unused]] D d, const Bfloat16* from) {
  const hn::Rebind<std::uint16_t, D> halves;
  const hn::RebindToUnsigned<D> words;
  const auto bits = hn::LoadU(halves, reinterpret_cast<const std::uint16_t*>(from));
  return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(words, bits)));
}

template <class D>
HWY_INLINE void store([[maybe_unused]] D d, hn::Vec<D> value, float* to) {
  hn::StoreU(value, d, to);
}

// To the nearest, ties to even. A NaN stays one.
template <class D>
HWY_INLINE void store([[maybe_unused]] D d, hn::Vec<D> value, Bfloat16* to) {
  const hn::Rebind<std::uint16_t, D> halves;
  const hn::RebindToUnsigned<D> words;
  const auto bits = hn::BitCast(words, value);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(words, 1));
  const auto rounded = hn::Add(bits, hn::Add(odd, hn::Set(words, 0x7fff)));
  const auto quiet = hn::Or(bits, hn::Set(words, 0x400000));
  const auto kept = hn::IfThenElse(hn::RebindMask(words, hn::IsNaN(value)), quiet, rounded);
  hn::StoreU(hn::TruncateTo(halves, hn::ShiftRight<16>(kept)), halves, reinterpret_cast<std::uint16_t*>(to));
}

// body(d, index) for all of a row: whole vectors first, then number by number.
template <class Body>
HWY_INLINE void over_row(std::size_t size, const Body& body) {
  const Lanes lanes;
  const std::size_t step = hn::Lanes(lanes);
  std::size_t at = 0;
  for (; at + step <= size; at += step) body(lanes, at);
  for (; at < size; ++at) body(OneLane(), at);
}

// to = scale from, from one type to the other.
template <class From, class To>
HWY_INLINE void widen(const From* from, float scale, std::size_t size, To* to) {
  over_row(size,
           [&](auto d, std::size_t at) HWY_ATTR { store(d, hn::Mul(load(d, from + at), hn::Set(d, scale)), to + at); });
}

// The sum of body(d, index) over a row.
template <class Body>
HWY_INLINE float sum_over_row(std::size_t size, const Body& body) {
  const Lanes lanes;
  const std::size_t step = hn::Lanes(lanes);
  auto sums = hn::Zero(lanes), more = hn::Zero(lanes);
  std::size_t at = 0;
  for (; at + 2 * step <= size; at += 2 * step) {
    sums = hn::Add(sums, body(lanes, at));
    more = hn::Add(more, body(lanes, at + step));
  }
  for (; at + step <= size; at += step) sums = hn::Add(sums, body(lanes, at));
  float rest = 0;
  for (; at < size; ++at) rest += hn::GetLane(body(OneLane(), at));
  return hn::GetLane(hn::SumOfLanes(lanes, hn::Add(sums, more))) + rest;
}

template <class A, class B>
HWY_INLINE float dot_of_rows(const A* a, const B* b, std::size_t size) {
  return sum_over_row(size, [&](auto d, std::size_t at) HWY_ATTR { return hn::Mul(load(d, a + at), load(d, b + at)); });
}

}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

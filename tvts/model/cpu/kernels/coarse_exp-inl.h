// Powers of two as exact as a bfloat16 number can hold, for the instruction set being compiled. Included by kernels'
// sources after hwy/foreach_target.h.
#if defined(TVTS_KERNELS_COARSE_EXP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TVTS_KERNELS_COARSE_EXP_INL_H_
#undef TVTS_KERNELS_COARSE_EXP_INL_H_
#else
#define TVTS_KERNELS_COARSE_EXP_INL_H_
#endif

#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {

constexpr float kLog2OfE = 1.44269504F;

// 2^x within 1e-4 of itself, x being held to [-126, 126]. A NaN stays one.
template <class D>
HWY_INLINE hn::Vec<D> coarse_exp2(D d, hn::Vec<D> x) {
  constexpr float kLargest = 126, kToInteger = 3 << 22;  // numbers of that size have no fraction
  const hn::RebindToUnsigned<D> words;
  const auto power = hn::Max(hn::Set(d, -kLargest), hn::Min(hn::Set(d, kLargest), x));
  const auto shifted = hn::Add(power, hn::Set(d, kToInteger));
  const auto rest = hn::Sub(power, hn::Sub(shifted, hn::Set(d, kToInteger)));  // in [-1/2, 1/2]
  // the polynomial of least relative error there
  auto found = hn::MulAdd(hn::Set(d, 0.05517167F), rest, hn::Set(d, 0.24261112F));
  found = hn::MulAdd(found, rest, hn::Set(d, 0.69326099F));
  found = hn::MulAdd(found, rest, hn::Set(d, 0.99992807F));
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(words, shifted));
  return hn::BitCast(d, hn::Add(hn::BitCast(words, found), exponent));
}

}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

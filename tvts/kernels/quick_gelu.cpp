#include "tvts/kernels/quick_gelu.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/kernels/quick_gelu.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>
#include "tvts/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

constexpr float kLargestPower = 87;  // e to it is still a number; below that the result is as good as zero

template <class T>
void quick_gelu_row(T* x, std::size_t size) {
  over_row(size, [&](auto d, std::size_t at) HWY_ATTR {
    const auto value = load(d, x + at);
    const auto one = hn::Set(d, 1.0F);
    const auto power = hn::Exp(d, hn::Min(hn::Mul(value, hn::Set(d, -1.702F)), hn::Set(d, kLargestPower)));
    store(d, hn::Div(value, hn::Add(one, power)), x + at);
  });
}

void quick_gelu_float32(float* x, std::size_t size) { quick_gelu_row(x, size); }
void quick_gelu_bfloat16(Bfloat16* x, std::size_t size) { quick_gelu_row(x, size); }

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(quick_gelu_float32);
HWY_EXPORT(quick_gelu_bfloat16);

void quick_gelu(float* x, std::size_t size) { HWY_DYNAMIC_DISPATCH(quick_gelu_float32)(x, size); }
void quick_gelu(Bfloat16* x, std::size_t size) { HWY_DYNAMIC_DISPATCH(quick_gelu_bfloat16)(x, size); }

}  // namespace tvts
#endif

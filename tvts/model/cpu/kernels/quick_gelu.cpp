#include "tvts/model/cpu/kernels/quick_gelu.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/quick_gelu.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>
#include "tvts/model/cpu/kernels/coarse_exp-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

constexpr float kLargestPower = 87;  // e to it is still a number; below that the result is as good as zero
constexpr float kSlope = 1.702F;

// 1 + exp(-1.702 x): 1 / sigmoid(1.702 x)
template <class D>
HWY_INLINE hn::Vec<D> inverse_sigmoid(D d, hn::Vec<D> x) {
  const auto power = hn::Min(hn::Mul(x, hn::Set(d, -kSlope)), hn::Set(d, kLargestPower));
  return hn::Add(hn::Set(d, 1.0F), hn::Exp(d, power));
}

void quick_gelu_float32(float* x, std::size_t size) {
  over_row(size, [&](auto d, std::size_t at) HWY_ATTR {
    const auto value = load(d, x + at);
    store(d, hn::Div(value, inverse_sigmoid(d, value)), x + at);
  });
}

// The same, as exact as its result can be.
void quick_gelu_bfloat16(Bfloat16* x, std::size_t size) {
  over_row(size, [&](auto d, std::size_t at) HWY_ATTR {
    const auto value = load(d, x + at);
    const auto power = coarse_exp2(d, hn::Mul(value, hn::Set(d, -kSlope * kLog2OfE)));
    store(d, hn::Mul(value, hn::ApproximateReciprocal(hn::Add(hn::Set(d, 1.0F), power))), x + at);
  });
}

// With s = sigmoid(1.702 x), the derivative is s + 1.702 x s (1 - s).
template <class T>
void quick_gelu_backward_row(const T* x, std::size_t size, T* gradient) {
  over_row(size, [&](auto d, std::size_t at) HWY_ATTR {
    const auto value = load(d, x + at);
    const auto one = hn::Set(d, 1.0F);
    const auto s = hn::Div(one, inverse_sigmoid(d, value));
    const auto rest = hn::Mul(hn::Mul(hn::Set(d, kSlope), value), hn::Sub(one, s));
    store(d, hn::Mul(load(d, gradient + at), hn::MulAdd(s, rest, s)), gradient + at);
  });
}

void backward_float32(const float* x, std::size_t size, float* gradient) { quick_gelu_backward_row(x, size, gradient); }
void backward_bfloat16(const Bfloat16* x, std::size_t size, Bfloat16* gradient) {
  quick_gelu_backward_row(x, size, gradient);
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(quick_gelu_float32);
HWY_EXPORT(quick_gelu_bfloat16);
HWY_EXPORT(backward_float32);
HWY_EXPORT(backward_bfloat16);

void quick_gelu(float* x, std::size_t size) { HWY_DYNAMIC_DISPATCH(quick_gelu_float32)(x, size); }
void quick_gelu(Bfloat16* x, std::size_t size) { HWY_DYNAMIC_DISPATCH(quick_gelu_bfloat16)(x, size); }

void quick_gelu_backward(const float* x, std::size_t size, float* gradient) {
  HWY_DYNAMIC_DISPATCH(backward_float32)(x, size, gradient);
}
void quick_gelu_backward(const Bfloat16* x, std::size_t size, Bfloat16* gradient) {
  HWY_DYNAMIC_DISPATCH(backward_bfloat16)(x, size, gradient);
}

}  // namespace tvts
#endif

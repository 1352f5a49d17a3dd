#include "tvts/model/cpu/kernels/quantise.h"

#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/quantise.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

constexpr float kSmallestScale = 1e-30F;

HWY_INLINE float read(float x) { return x; }
HWY_INLINE float read(Bfloat16 x) {
  const std::uint32_t bits = static_cast<std::uint32_t>(x) << 16;
  float number;
  __builtin_memcpy(&number, &bits, sizeof(number));
  return number;
}

template <class T>
HWY_INLINE float scale_of_row(const T* x, std::size_t width, float steps) {
  const Lanes lanes;
  auto largest = hn::Zero(lanes);
  float largest_of_rest = 0;
  // x - x is 0, or NaN where x is not finite.
  const float not_finite = sum_over_row(width, [&](auto d, std::size_t at) HWY_ATTR {
    const auto value = load(d, x + at);
    if constexpr (std::is_same_v<decltype(d), OneLane>) {
      const float magnitude = hn::GetLane(hn::Abs(value));
      largest_of_rest = magnitude > largest_of_rest ? magnitude : largest_of_rest;
    } else {
      largest = hn::Max(hn::Abs(value), largest);
    }
    return hn::Sub(value, value);
  });
  const float of_vectors = hn::GetLane(hn::MaxOfLanes(lanes, largest));
  const float magnitude = of_vectors > largest_of_rest ? of_vectors : largest_of_rest;
  return (magnitude / steps > kSmallestScale ? magnitude / steps : kSmallestScale) + not_finite;
}

template <class T>
void quantise_rows(const QuantiseRows<T>& rows) {
  for (std::size_t row = 0; row < rows.rows; ++row) {
    T* x = rows.x + row * rows.width;
    for (std::size_t i = 0; i < rows.outliers; ++i) {
      T& outlier = x[rows.outlier_columns[i]];
      rows.outlier_values[row * rows.outliers + i] = read(outlier);
      outlier = T();
    }
    const float scale = scale_of_row(x, rows.width, rows.steps);
    rows.scales[row] = scale;
    std::uint8_t* bytes = rows.bytes + row * rows.width;
    over_row(rows.width, [&](auto d, std::size_t at) HWY_ATTR {
      const hn::RebindToSigned<decltype(d)> whole;
      const hn::Rebind<std::uint8_t, decltype(d)> byte;
      const auto steps = hn::NearestInt(hn::Mul(load(d, x + at), hn::Set(d, 1 / scale)));
      hn::StoreU(hn::DemoteTo(byte, hn::Add(steps, hn::Set(whole, 128))), byte, bytes + at);
    });
  }
}

template <class T>
void dequantise_rows(const DequantiseRows<T>& rows) {
  for (std::size_t row = 0; row < rows.rows; ++row) {
    T* x = rows.x + row * rows.width;
    const float scale = rows.scales[row];
    const float* outliers = rows.outlier_values + row * rows.outliers;
    over_row(rows.width, [&](auto d, std::size_t at) HWY_ATTR {
      auto sum = hn::MulAdd(load(d, x + at), hn::Set(d, scale), load(d, rows.bias + at));
      for (std::size_t i = 0; i < rows.outliers; ++i) {
        sum = hn::MulAdd(hn::Set(d, outliers[i]), load(d, rows.outlier_weight + i * rows.width + at), sum);
      }
      store(d, sum, x + at);
    });
  }
}

void quantise_float32(const QuantiseRows<float>& rows) { quantise_rows(rows); }
void quantise_bfloat16(const QuantiseRows<Bfloat16>& rows) { quantise_rows(rows); }
void dequantise_float32(const DequantiseRows<float>& rows) { dequantise_rows(rows); }
void dequantise_bfloat16(const DequantiseRows<Bfloat16>& rows) { dequantise_rows(rows); }

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(quantise_float32);
HWY_EXPORT(quantise_bfloat16);
HWY_EXPORT(dequantise_float32);
HWY_EXPORT(dequantise_bfloat16);

void quantise(const QuantiseRows<float>& rows) { HWY_DYNAMIC_DISPATCH(quantise_float32)(rows); }
void quantise(const QuantiseRows<Bfloat16>& rows) { HWY_DYNAMIC_DISPATCH(quantise_bfloat16)(rows); }
void dequantise(const DequantiseRows<float>& rows) { HWY_DYNAMIC_DISPATCH(dequantise_float32)(rows); }
void dequantise(const DequantiseRows<Bfloat16>& rows) { HWY_DYNAMIC_DISPATCH(dequantise_bfloat16)(rows); }

}  // namespace tvts
#endif

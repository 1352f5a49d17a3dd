#include "tvts/model/cpu/kernels/layer_norm.h"

#include <cmath>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/layer_norm.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

template <class T>
HWY_INLINE float add_and_sum(const float* x, const T* add, float* y, std::size_t width) {
  return sum_over_row(width, [&](auto d, std::size_t at) HWY_ATTR {
    const auto sum = hn::Add(load(d, x + at), load(d, add + at));
    store(d, sum, y + at);
    return sum;
  });
}

template <class T>
HWY_INLINE void layer_norm_row(const float* y, float total, const LayerNormRows& rows, T* out) {
  const float mean = total / static_cast<float>(rows.width);
  const float squares = sum_over_row(rows.width, [&](auto d, std::size_t at) HWY_ATTR {
    const auto centred = hn::Sub(load(d, y + at), hn::Set(d, mean));
    return hn::Mul(centred, centred);
  });
  const float scale = 1 / std::sqrt(squares / static_cast<float>(rows.width) + rows.epsilon);
  over_row(rows.width, [&](auto d, std::size_t at) HWY_ATTR {
    const auto normal = hn::Mul(hn::Sub(load(d, y + at), hn::Set(d, mean)), hn::Set(d, scale));
    store(d, hn::MulAdd(normal, load(d, rows.gain + at), load(d, rows.bias + at)), out + at);
  });
}

template <class T>
void layer_norm_rows(const LayerNormRows& rows, const T* add, T* out) {
  std::vector<float> sum(rows.keep_sum ? 0 : rows.width);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    float* x = rows.x + row * rows.width;
    if (add == nullptr) {
      const float total = sum_over_row(rows.width, [&](auto d, std::size_t at) HWY_ATTR { return load(d, x + at); });
      layer_norm_row(x, total, rows, out + row * rows.width);
    } else {
      float* y = rows.keep_sum ? x : sum.data();
      const float total = add_and_sum(x, add + row * rows.width, y, rows.width);
      layer_norm_row(y, total, rows, out + row * rows.width);
    }
  }
}

void layer_norm_float32(const LayerNormRows& rows, const float* add, float* out) { layer_norm_rows(rows, add, out); }
void layer_norm_bfloat16(const LayerNormRows& rows, const Bfloat16* add, Bfloat16* out) {
  layer_norm_rows(rows, add, out);
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(layer_norm_float32);
HWY_EXPORT(layer_norm_bfloat16);

void layer_norm(const LayerNormRows& rows, const float* add, float* out) {
  HWY_DYNAMIC_DISPATCH(layer_norm_float32)(rows, add, out);
}
void layer_norm(const LayerNormRows& rows, const Bfloat16* add, Bfloat16* out) {
  HWY_DYNAMIC_DISPATCH(layer_norm_bfloat16)(rows, add, out);
}

}  // namespace tvts
#endif

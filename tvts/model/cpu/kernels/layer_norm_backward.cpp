#include "tvts/model/cpu/kernels/layer_norm_backward.h"

#include <cmath>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/layer_norm_backward.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// (x + add - mean) / deviation; returns 1 / deviation.
template <class T>
HWY_INLINE float normalise_row(const float* x, const T* add, float epsilon, std::size_t width, float* normal) {
  const auto count = static_cast<float>(width);
  const float mean = sum_over_row(width,
                                  [&](auto d, std::size_t at) HWY_ATTR {
                                    auto sum = load(d, x + at);
                                    if (add != nullptr) sum = hn::Add(sum, load(d, add + at));
                                    store(d, sum, normal + at);
                                    return sum;
                                  }) /
                     count;
  const float squares = sum_over_row(width, [&](auto d, std::size_t at) HWY_ATTR {
    const auto centred = hn::Sub(load(d, normal + at), hn::Set(d, mean));
    store(d, centred, normal + at);
    return hn::Mul(centred, centred);
  });
  const float scale = 1 / std::sqrt(squares / count + epsilon);
  over_row(width, [&](auto d, std::size_t at)
                      HWY_ATTR { store(d, hn::Mul(load(d, normal + at), hn::Set(d, scale)), normal + at); });
  return scale;
}

// With n the normalised row, g the gradient of the result and h = gain g:
//   dx = (h - mean(h) - n mean(h n)) / deviation,   dgain += g n,   dbias += g
template <class T>
void backward_rows(const LayerNormBackwardRows& rows, const T* add, const T* out_gradient, T* alone) {
  const std::size_t width = rows.width;
  const auto count = static_cast<float>(width);
  std::vector<float> normal(width);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const std::size_t begin = row * width;
    const T* g = out_gradient + begin;
    const float scale =
        normalise_row(rows.x + begin, add == nullptr ? add : add + begin, rows.epsilon, width, normal.data());
    const float mean_h =
        sum_over_row(width,
                     [&](auto d, std::size_t at) HWY_ATTR {
                       const auto gradient = load(d, g + at);
                       store(d, hn::Add(load(d, rows.bias_gradient + at), gradient), rows.bias_gradient + at);
                       return hn::Mul(gradient, load(d, rows.gain + at));
                     }) /
        count;
    const float mean_hn =
        sum_over_row(width,
                     [&](auto d, std::size_t at) HWY_ATTR {
                       const auto product = hn::Mul(load(d, g + at), load(d, normal.data() + at));
                       store(d, hn::Add(load(d, rows.gain_gradient + at), product), rows.gain_gradient + at);
                       return hn::Mul(product, load(d, rows.gain + at));
                     }) /
        count;
    over_row(width, [&](auto d, std::size_t at) HWY_ATTR {
      const auto h = hn::Mul(load(d, g + at), load(d, rows.gain + at));
      const auto rest =
          hn::Sub(hn::Sub(h, hn::Set(d, mean_h)), hn::Mul(load(d, normal.data() + at), hn::Set(d, mean_hn)));
      const auto gradient = hn::Mul(rest, hn::Set(d, scale));
      store(d, hn::Add(load(d, rows.x_gradient + begin + at), gradient), rows.x_gradient + begin + at);
      if (alone != nullptr) store(d, gradient, alone + begin + at);
    });
  }
}

void backward_float32(const LayerNormBackwardRows& rows, const float* add, const float* out_gradient, float* alone) {
  backward_rows(rows, add, out_gradient, alone);
}
void backward_bfloat16(const LayerNormBackwardRows& rows, const Bfloat16* add, const Bfloat16* out_gradient,
                       Bfloat16* alone) {
  backward_rows(rows, add, out_gradient, alone);
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(backward_float32);
HWY_EXPORT(backward_bfloat16);

void layer_norm_backward(const LayerNormBackwardRows& rows, const float* add, const float* out_gradient, float* alone) {
  HWY_DYNAMIC_DISPATCH(backward_float32)(rows, add, out_gradient, alone);
}
void layer_norm_backward(const LayerNormBackwardRows& rows, const Bfloat16* add, const Bfloat16* out_gradient,
                         Bfloat16* alone) {
  HWY_DYNAMIC_DISPATCH(backward_bfloat16)(rows, add, out_gradient, alone);
}

}  // namespace tvts
#endif

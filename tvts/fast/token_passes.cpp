#include "tvts/fast/token_passes.h"

#include <ATen/Parallel.h>

#include "tvts/fast/with_type.h"
#include "tvts/kernels/layer_norm.h"
#include "tvts/kernels/quick_gelu.h"

namespace tvts {
namespace {

constexpr int64_t kRowsATask = 16, kNumbersATask = 32768;
constexpr double kEpsilon = 1e-5;

}  // namespace

at::Tensor layer_norm(const at::Tensor& x, const NormWeights& weights) {
  return at::layer_norm(x, weights.gain.sizes(), weights.gain, weights.bias, kEpsilon);
}

at::Tensor add_and_norm(const at::Tensor& x, const at::Tensor& add, Residual residual, const NormWeights& weights,
                        at::ScalarType type) {
  const int64_t width = x.size(1);
  at::Tensor out = at::empty(x.sizes(), x.options().dtype(type));
  with_type(type, [&](auto number) {
    using T = decltype(number);
    at::parallel_for(0, x.size(0), kRowsATask, [&](int64_t begin, int64_t end) {
      const LayerNormRows rows = {.x = numbers<float>(x) + begin * width,
                                  .keep_sum = residual == Residual::kKeep,
                                  .gain = numbers<float>(weights.gain),
                                  .bias = numbers<float>(weights.bias),
                                  .epsilon = static_cast<float>(kEpsilon),
                                  .rows = static_cast<std::size_t>(end - begin),
                                  .width = static_cast<std::size_t>(width)};
      const T* added = add.defined() ? numbers<T>(add) + begin * width : nullptr;
      layer_norm(rows, added, numbers<T>(out) + begin * width);
    });
  });
  return out;
}

void activate_in_place(at::Tensor& x, Activation activation) {
  if (activation == Activation::kGelu) {
    at::gelu_(x);
    return;
  }
  with_type(x.scalar_type(), [&](auto number) {
    using T = decltype(number);
    at::parallel_for(0, x.numel(), kNumbersATask, [&](int64_t begin, int64_t end) {
      quick_gelu(numbers<T>(x) + begin, static_cast<std::size_t>(end - begin));
    });
  });
}

}  // namespace tvts

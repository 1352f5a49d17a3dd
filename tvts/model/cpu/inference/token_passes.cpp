#include "tvts/model/cpu/inference/token_passes.h"

#include <vector>

#include "tvts/model/cpu/inference/row_tiles.h"
#include "tvts/model/cpu/kernels/layer_norm.h"
#include "tvts/model/cpu/kernels/quick_gelu.h"

namespace tvts {
namespace {

constexpr double kEpsilon = 1e-5;

}  // namespace

at::Tensor layer_norm(const at::Tensor& x, const NormWeights& weights) {
  return at::layer_norm(x, weights.gain.sizes(), weights.gain, weights.bias, kEpsilon);
}

LinearInput add_and_norm(const at::Tensor& x, const at::Tensor& add, Residual residual, const NormWeights& weights,
                         const InputForm& form) {
  const int64_t width = x.size(1);
  const bool in_bytes = form.products.in_bytes;
  const LinearInput out = empty_input(x.size(0), width, form);
  dispatch_dtype(form.products.type, [&](auto number) {
    using T = decltype(number);
    over_tiles(x.size(0), [&](int64_t first, int64_t rows) {
      thread_local std::vector<T> scratch;
      if (in_bytes) scratch.resize(static_cast<std::size_t>(rows * width));
      T* normal = in_bytes ? scratch.data() : data_ptr<T>(out.values) + first * width;
      layer_norm({.x = data_ptr<float>(x) + first * width,
                  .keep_sum = residual == Residual::kKeep,
                  .gain = data_ptr<float>(weights.gain),
                  .bias = data_ptr<float>(weights.bias),
                  .epsilon = static_cast<float>(kEpsilon),
                  .rows = static_cast<std::size_t>(rows),
                  .width = static_cast<std::size_t>(width)},
                 add.defined() ? data_ptr<T>(add) + first * width : nullptr, normal);
      if (in_bytes) quantise_tile(out, form, first, rows, normal);
    });
  });
  return out;
}

LinearInput activated(const PackedLinear& layer, const LinearInput& x, Activation activation, const InputForm& form) {
  const at::Tensor hidden = layer.product(x);
  const int64_t width = hidden.size(1);
  const bool in_bytes = form.products.in_bytes;
  const LinearInput out = in_bytes ? empty_input(hidden.size(0), width, form) : LinearInput{.values = hidden};
  dispatch_dtype(hidden.scalar_type(), [&](auto number) {
    using T = decltype(number);
    over_tiles(hidden.size(0), [&](int64_t first, int64_t rows) {
      T* tile = data_ptr<T>(hidden) + first * width;
      layer.finish(hidden, x, first, rows);
      if (activation == Activation::kGelu) {
        const at::InferenceMode no_gradients;  // of this thread
        at::Tensor values = hidden.narrow(0, first, rows);
        at::gelu_(values);
      } else {
        quick_gelu(tile, static_cast<std::size_t>(rows * width));
      }
      if (in_bytes) quantise_tile(out, form, first, rows, tile);
    });
  });
  return out;
}

}  // namespace tvts

#include "tvts/model/cpu/training/row_gradients.h"

#include "tvts/model/cpu/inference/row_tiles.h"
#include "tvts/model/cpu/kernels/attend_backward.h"
#include "tvts/model/cpu/kernels/layer_norm_backward.h"
#include "tvts/model/cpu/kernels/quick_gelu.h"

namespace tvts {
namespace {

constexpr double kEpsilon = 1e-5;

std::size_t size_of(int64_t size) { return static_cast<std::size_t>(size); }

}  // namespace

at::Tensor linear_rows(const at::Tensor& x, const LinearWeights& layer) {
  return at::linear(x, layer.weight.to(x.scalar_type()), layer.bias.to(x.scalar_type()));
}

LinearGradient linear_gradient(const at::Tensor& out_gradient, const at::Tensor& x, const LinearWeights& layer) {
  return {.x = at::mm(out_gradient, layer.weight.to(x.scalar_type())),
          .weight = at::mm(out_gradient.t(), x).to(at::kFloat),
          .bias = at::sum(out_gradient, {0}, /*keepdim=*/false, at::kFloat)};
}

at::Tensor norm_rows(const at::Tensor& x, const at::Tensor& add, const NormWeights& norm, at::ScalarType type) {
  return add_and_norm(x, add, Residual::kLeave, norm, {.products = {.type = type}}).values;
}

NormGradient norm_gradient(const at::Tensor& out_gradient, const at::Tensor& x, const at::Tensor& add,
                           const NormWeights& norm, const at::Tensor& x_gradient, Alone alone) {
  constexpr int64_t kRowsAShare = 128;  // whatever the threads, so that sums are the same
  const int64_t rows = x.size(0), width = x.size(1), shares = (rows + kRowsAShare - 1) / kRowsAShare;
  const at::Tensor gains = at::zeros({shares, width}), biases = at::zeros({shares, width});
  NormGradient gradient;
  if (alone == Alone::kWanted) gradient.alone = at::empty_like(out_gradient);
  dispatch_dtype(out_gradient.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const auto from = [&](const at::Tensor& tensor, int64_t row) {
      return tensor.defined() ? data_ptr<T>(tensor) + row * width : nullptr;
    };
    at::parallel_for(0, shares, 1, [&](int64_t begin, int64_t end) {
      for (int64_t share = begin; share < end; ++share) {
        const int64_t row = share * kRowsAShare;
        layer_norm_backward({.x = data_ptr<float>(x) + row * width,
                             .gain = data_ptr<float>(norm.gain),
                             .epsilon = static_cast<float>(kEpsilon),
                             .rows = size_of(std::min(kRowsAShare, rows - row)),
                             .width = size_of(width),
                             .x_gradient = data_ptr<float>(x_gradient) + row * width,
                             .gain_gradient = data_ptr<float>(gains) + share * width,
                             .bias_gradient = data_ptr<float>(biases) + share * width},
                            from(add, row), from(out_gradient, row), from(gradient.alone, row));
      }
    });
  });
  gradient.gain = gains.sum(0);
  gradient.bias = biases.sum(0);
  return gradient;
}

at::Tensor activation_rows(const at::Tensor& x, Activation activation) {
  if (activation == Activation::kGelu) return at::gelu(x);
  const at::Tensor out = x.clone();
  dispatch_dtype(x.scalar_type(), [&](auto number) {
    over_tiles(x.size(0), [&](int64_t first, int64_t rows) {
      quick_gelu(data_ptr<decltype(number)>(out) + first * x.size(1), size_of(rows * x.size(1)));
    });
  });
  return out;
}

at::Tensor activation_gradient(const at::Tensor& out_gradient, const at::Tensor& x, Activation activation) {
  if (activation == Activation::kGelu) return at::gelu_backward(out_gradient, x);
  dispatch_dtype(x.scalar_type(), [&](auto number) {
    using T = decltype(number);
    over_tiles(x.size(0), [&](int64_t first, int64_t rows) {
      const int64_t begin = first * x.size(1);
      quick_gelu_backward(data_ptr<T>(x) + begin, size_of(rows * x.size(1)), data_ptr<T>(out_gradient) + begin);
    });
  });
  return out_gradient;
}

namespace {

TokenHeads heads_of(const at::Tensor& qkv, int64_t heads) {
  const std::vector<at::Tensor> parts = qkv.chunk(3, 1);
  return {.q = parts[0], .k = parts[1], .v = parts[2], .heads = heads};
}

}  // namespace

at::Tensor attention_rows(const at::Tensor& qkv, int64_t heads, ClipRows grid, AttentionAxis axis) {
  return divided_attention(heads_of(qkv, heads), grid, axis);
}

at::Tensor attention_of_cls(const at::Tensor& qkv, int64_t heads, ClipRows grid) {
  const TokenHeads tokens = heads_of(qkv, heads);
  const at::Tensor out = at::empty({grid.clips, tokens.q.size(1)}, qkv.options());
  attend_from_cls(tokens.q.narrow(0, grid.patch_rows(), grid.clips), tokens, grid, out);
  return out;
}

at::Tensor attention_gradient(const at::Tensor& out_gradient, const at::Tensor& qkv, int64_t heads, ClipRows grid,
                              AttentionAxis axis) {
  const at::Tensor gradient = at::empty_like(qkv);
  const int64_t width = out_gradient.size(1), head_dim = width / heads, clip_rows = grid.frames * grid.patches;
  dispatch_dtype(qkv.scalar_type(), [&](auto number) {
    using T = decltype(number);
    const auto head_of = [&](T* first, int64_t row_width, int64_t clip, int64_t column) {
      return ClipHead<T>{.cls = first + (grid.patch_rows() + clip) * row_width + column,
                         .patches = first + clip * clip_rows * row_width + column,
                         .stride = size_of(row_width)};
    };
    const auto constant = [](const ClipHead<T>& head) {
      return ClipHead<const T>{.cls = head.cls, .patches = head.patches, .stride = head.stride};
    };
    at::parallel_for(0, grid.clips * heads, 1, [&](int64_t begin, int64_t end) {
      AttendScratch scratch;
      for (int64_t i = begin; i < end; ++i) {
        const int64_t clip = i / heads, column = i % heads * head_dim;
        const auto part = [&](const at::Tensor& x, int64_t which) {
          return head_of(data_ptr<T>(x), 3 * width, clip, which * width + column);
        };
        attend_backward(
            AttendBackward<T>{.q = constant(part(qkv, 0)),
                              .k = constant(part(qkv, 1)),
                              .v = constant(part(qkv, 2)),
                              .out_gradient = constant(head_of(data_ptr<T>(out_gradient), width, clip, column)),
                              .groups = patch_groups(grid, axis),
                              .head_dim = size_of(head_dim),
                              .q_gradient = part(gradient, 0),
                              .k_gradient = part(gradient, 1),
                              .v_gradient = part(gradient, 2)},
            scratch);
      }
    });
  });
  return gradient;
}

}  // namespace tvts

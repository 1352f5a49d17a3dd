#include "tvts/model/cpu/training/fast_block.h"

#include <array>
#include <tuple>
#include <vector>

namespace tvts {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Calls visit(tensor) for all parameters in one order.
template <class Parameters, class Visit>
void for_each(Parameters& parameters, const Visit& visit) {
  for (auto* norm : {&parameters.ln_1, &parameters.ln_2, &parameters.ln_3}) {
    visit(norm->gain);
    visit(norm->bias);
  }
  for (auto* layer : {&parameters.time_qkv, &parameters.time_proj, &parameters.space_qkv, &parameters.space_proj,
                      &parameters.fc, &parameters.proj}) {
    visit(layer->weight);
    visit(layer->bias);
  }
}

constexpr std::size_t kParameters = 18;

std::array<at::Tensor, kParameters> to_array(const BlockParameters& parameters) {
  std::array<at::Tensor, kParameters> array;
  std::size_t next = 0;
  for_each(parameters, [&](const at::Tensor& x) { array.at(next++) = x; });
  return array;
}

BlockParameters from_list(at::TensorList list) {
  BlockParameters parameters;
  std::size_t next = 0;
  for_each(parameters, [&](at::Tensor& x) { x = list[next++]; });
  return parameters;
}

// The values that the forward pass keeps for the gradient; the letters are those of SpaceTimeBlock.
struct Kept {
  at::Tensor x, y;                                         // float32 [rows, D]
  at::Tensor time_qkv, time, t, space_qkv, space, hidden;  // of the products' type
};

template <class Values, class Visit>
void for_each_kept(Values& kept, const Visit& visit) {
  for (auto* x : {&kept.x, &kept.y, &kept.time_qkv, &kept.time, &kept.t, &kept.space_qkv, &kept.space, &kept.hidden}) {
    visit(*x);
  }
}

at::Tensor cls_rows(const at::Tensor& x, ClipRows grid) { return x.narrow(0, grid.patch_rows(), grid.clips); }

at::Tensor run_forward(const BlockParameters& with, const BlockShape& shape, Kept& kept) {
  const auto attended = [&](const at::Tensor& qkv, AttentionAxis axis) {
    return axis == AttentionAxis::kSpace && shape.cls_alone ? attention_of_cls(qkv, shape.heads, shape.grid)
                                                            : attention_rows(qkv, shape.heads, shape.grid, axis);
  };
  kept.time_qkv = linear_rows(norm_rows(kept.x, {}, with.ln_3, shape.type), with.time_qkv);
  kept.time = attended(kept.time_qkv, AttentionAxis::kTime);
  kept.t = linear_rows(kept.time, with.time_proj);
  kept.space_qkv = linear_rows(norm_rows(kept.x, kept.t, with.ln_1, shape.type), with.space_qkv);
  kept.space = attended(kept.space_qkv, AttentionAxis::kSpace);
  kept.y = (shape.cls_alone ? cls_rows(kept.x, shape.grid) : kept.x) + linear_rows(kept.space, with.space_proj);
  kept.hidden = linear_rows(norm_rows(kept.y, {}, with.ln_2, shape.type), with.fc);
  return kept.y + linear_rows(activation_rows(kept.hidden, shape.activation), with.proj);
}

// The CLS rows, and zeros for the patches.
at::Tensor with_zero_patches(const at::Tensor& cls, ClipRows grid) {
  const at::Tensor all = at::zeros({grid.rows(), cls.size(1)}, cls.options());
  cls_rows(all, grid).copy_(cls);
  return all;
}

// The forward pass's lines in reverse. x_gradient, [rows, D]: of the block's result; becomes that of x.
BlockParameters run_backward(const BlockParameters& with, const BlockShape& shape, const Kept& kept,
                             const at::Tensor& x_gradient) {
  BlockParameters gradients;
  const auto through = [](const at::Tensor& out_gradient, const at::Tensor& x, const LinearWeights& layer,
                          LinearWeights& into) {
    const LinearGradient found = linear_gradient(out_gradient, x, layer);
    into = {.weight = found.weight, .bias = found.bias};
    return found.x;
  };
  const auto through_norm = [&](const at::Tensor& out_gradient, const at::Tensor& x, const at::Tensor& add,
                                const NormWeights& norm, const at::Tensor& sum, Alone alone, NormWeights& into) {
    const NormGradient found = norm_gradient(out_gradient, x, add, norm, sum, alone);
    into = {.gain = found.gain, .bias = found.bias};
    return found.alone;
  };
  const auto through_attention = [&](const at::Tensor& out_gradient, const at::Tensor& qkv, AttentionAxis axis) {
    return attention_gradient(out_gradient, qkv, shape.heads, shape.grid, axis);
  };

  const at::Tensor y_gradient = shape.cls_alone ? cls_rows(x_gradient, shape.grid) : x_gradient;
  at::Tensor g = y_gradient.to(shape.type);
  g = through(g, activation_rows(kept.hidden, shape.activation), with.proj, gradients.proj);
  g = activation_gradient(g, kept.hidden, shape.activation);
  g = through(g, norm_rows(kept.y, {}, with.ln_2, shape.type), with.fc, gradients.fc);
  through_norm(g, kept.y, {}, with.ln_2, y_gradient, Alone::kNotWanted, gradients.ln_2);

  g = through(y_gradient.to(shape.type), kept.space, with.space_proj, gradients.space_proj);
  if (shape.cls_alone) g = with_zero_patches(g, shape.grid);
  g = through_attention(g, kept.space_qkv, AttentionAxis::kSpace);
  g = through(g, norm_rows(kept.x, kept.t, with.ln_1, shape.type), with.space_qkv, gradients.space_qkv);
  g = through_norm(g, kept.x, kept.t, with.ln_1, x_gradient, Alone::kWanted, gradients.ln_1);

  g = through(g, kept.time, with.time_proj, gradients.time_proj);
  g = through_attention(g, kept.time_qkv, AttentionAxis::kTime);
  g = through(g, norm_rows(kept.x, {}, with.ln_3, shape.type), with.time_qkv, gradients.time_qkv);
  through_norm(g, kept.x, {}, with.ln_3, x_gradient, Alone::kNotWanted, gradients.ln_3);
  return gradients;
}

class FastBlock : public torch::autograd::Function<FastBlock> {
 public:
  template <class... Tensors>
  static at::Tensor forward(AutogradContext* context, const BlockShape* shape, const at::Tensor& x,
                            const Tensors&... parameters) {
    Kept kept = {.x = x.contiguous()};
    variable_list saved = {parameters...};
    const at::Tensor out = run_forward(from_list(saved), *shape, kept);
    for_each_kept(kept, [&](const at::Tensor& value) { saved.push_back(value); });
    context->save_for_backward(saved);
    context->saved_data["shape"] = std::vector<int64_t>{shape->grid.clips,
                                                        shape->grid.frames,
                                                        shape->grid.patches,
                                                        shape->heads,
                                                        static_cast<int64_t>(shape->activation),
                                                        static_cast<int64_t>(shape->type),
                                                        static_cast<int64_t>(shape->cls_alone)};
    return out;
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const at::NoGradGuard no_grad;
    const std::vector<int64_t> numbers = context->saved_data["shape"].toIntVector();
    const BlockShape shape = {.grid = {.clips = numbers[0], .frames = numbers[1], .patches = numbers[2]},
                              .heads = numbers[3],
                              .activation = static_cast<Activation>(numbers[4]),
                              .type = static_cast<at::ScalarType>(numbers[5]),
                              .cls_alone = numbers[6] != 0};
    const variable_list saved = context->get_saved_variables();
    const BlockParameters parameters = from_list(saved);
    Kept kept;
    std::size_t next = kParameters;
    for_each_kept(kept, [&](at::Tensor& value) { value = saved[next++]; });
    const at::Tensor x_gradient = shape.cls_alone ? with_zero_patches(gradients[0], shape.grid)
                                                  : gradients[0].clone(at::MemoryFormat::Contiguous);
    const BlockParameters found = run_backward(parameters, shape, kept, x_gradient);
    variable_list all = {at::Tensor(), x_gradient};  // none for the shape
    for_each(found, [&](const at::Tensor& gradient) { all.push_back(gradient); });
    return all;
  }
};

}  // namespace

BlockParameters parameters_of(const SpaceTimeBlockImpl& block) {
  const auto values = block.named_parameters();
  const auto norm = [&](const std::string& name) {
    return NormWeights{.gain = values[name + ".weight"], .bias = values[name + ".bias"]};
  };
  const auto layer = [&](const std::string& name) {
    return LinearWeights{.weight = values[name + ".weight"], .bias = values[name + ".bias"]};
  };
  return {.ln_1 = norm("ln_1"),
          .ln_2 = norm("ln_2"),
          .ln_3 = norm("ln_3"),
          .time_qkv = layer("timeattn.qkv"),
          .time_proj = layer("timeattn.proj"),
          .space_qkv = layer("attn.qkv"),
          .space_proj = layer("attn.proj"),
          .fc = layer("mlp.c_fc"),
          .proj = layer("mlp.c_proj")};
}

at::Tensor fast_block(const at::Tensor& x, const BlockParameters& parameters, const BlockShape& shape) {
  return std::apply([&](const auto&... each) { return FastBlock::apply(&shape, x, each...); }, to_array(parameters));
}

}  // namespace tvts

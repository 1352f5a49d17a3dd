#include "tvts/model/plain/recompute.h"

#include <algorithm>

#include "tvts/model/plain/autocast.h"

namespace tvts {
namespace {

using torch::autograd::variable_list;

struct HeldBlock : torch::CustomClassHolder {
  HeldBlock(Block held, variable_list used, bool is_autocast)
      : block(std::move(held)), parameters(std::move(used)), autocast(is_autocast) {}
  Block block;
  variable_list parameters;
  bool autocast;
};

// The gradients of those inputs that take one; the others' stay undefined.
variable_list gradients_of(const at::Tensor& out, const at::Tensor& out_gradient, const variable_list& inputs) {
  variable_list trained;
  for (const at::Tensor& input : inputs) {
    if (input.requires_grad()) trained.push_back(input);
  }
  const variable_list found =
      torch::autograd::grad({out}, trained, {out_gradient}, /*retain_graph=*/std::nullopt, /*create_graph=*/false,
                            /*allow_unused=*/true);
  variable_list gradients;
  auto next = found.begin();
  for (const at::Tensor& input : inputs) gradients.push_back(input.requires_grad() ? *next++ : at::Tensor());
  return gradients;
}

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, at::TensorList parameters,
                            const Block* block) {
    context->save_for_backward({x});
    context->saved_data["needs_x"] = x.requires_grad();
    context->saved_data["block"] = torch::IValue::make_capsule(
        c10::make_intrusive<HeldBlock>(*block, parameters.vec(), Autocast::is_on(x.device().type())));
    const at::NoGradGuard no_grad;
    return (*block)(x);
  }

  static variable_list backward(torch::autograd::AutogradContext* context, const variable_list& gradients) {
    const auto held = c10::static_intrusive_pointer_cast<HeldBlock>(context->saved_data["block"].toCapsule());
    const at::Tensor x = context->get_saved_variables()[0].detach();
    x.requires_grad_(context->saved_data["needs_x"].toBool());
    const at::AutoGradMode with_gradients(true);
    const auto compute = [&] {
      const Autocast autocast(x.device().type(), held->autocast);
      return held->block(x);
    };
    variable_list inputs = {x};
    inputs.insert(inputs.end(), held->parameters.begin(), held->parameters.end());
    variable_list found = gradients_of(compute(), gradients[0], inputs);
    found.emplace_back();  // none for the block
    return found;
  }
};

}  // namespace

at::Tensor recomputed(const Block& block, const at::Tensor& x, const std::vector<at::Tensor>& parameters) {
  const auto takes_gradient = [](const at::Tensor& value) { return value.requires_grad(); };
  const bool is_trained = takes_gradient(x) || std::ranges::any_of(parameters, takes_gradient);
  if (!at::GradMode::is_enabled() || !is_trained) return block(x);
  return Recomputed::apply(x, at::TensorList(parameters), &block);
}

}  // namespace tvts

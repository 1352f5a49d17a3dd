#include "tvts/model/recompute.h"

#include "tvts/model/autocast.h"

namespace tvts {
namespace {

struct HeldBlock : torch::CustomClassHolder {
  HeldBlock(Block held, bool is_autocast) : block(std::move(held)), autocast(is_autocast) {}
  Block block;
  bool autocast;
};

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const Block* block) {
    context->save_for_backward({x});
    context->saved_data["block"] =
        torch::IValue::make_capsule(c10::make_intrusive<HeldBlock>(*block, Autocast::is_on(x.device().type())));
    const at::NoGradGuard no_grad;
    return (*block)(x);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto held = c10::static_intrusive_pointer_cast<HeldBlock>(context->saved_data["block"].toCapsule());
    const at::Tensor x = context->get_saved_variables()[0].detach().requires_grad_();
    const at::AutoGradMode with_gradients(true);
    const auto compute = [&] {
      const Autocast autocast(x.device().type(), held->autocast);
      return held->block(x);
    };
    torch::autograd::backward({compute()}, {gradients[0]});
    return {x.grad(), at::Tensor()};
  }
};

}  // namespace

at::Tensor recomputed(const Block& block, const at::Tensor& x) {
  if (!at::GradMode::is_enabled() || !x.requires_grad()) return block(x);
  return Recomputed::apply(x, &block);
}

}  // namespace tvts

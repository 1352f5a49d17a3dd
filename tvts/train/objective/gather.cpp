#include "tvts/train/objective/gather.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

class Gather : public torch::autograd::Function<Gather> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, Collective* collective,
                            double gradient_scale) {
    context->saved_data["begin"] = collective->rank() * x.size(0);
    context->saved_data["size"] = x.size(0);
    context->saved_data["scale"] = gradient_scale;
    return collective->all_gather(x.contiguous());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const at::Tensor own =
        gradients[0].narrow(0, context->saved_data["begin"].toInt(), context->saved_data["size"].toInt());
    return {own * context->saved_data["scale"].toDouble(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

std::string to_string(GatherGradient gradient) { return gradient == GatherGradient::kExact ? "exact" : "published"; }

GatherGradient gather_gradient_named(const std::string& name) {
  for (const GatherGradient gradient : {GatherGradient::kExact, GatherGradient::kPublished}) {
    if (name == to_string(gradient)) return gradient;
  }
  fail_usage("the gather gradient is '", name, "'; expected exact or published");
}

at::Tensor gather(const at::Tensor& x, Collective& collective, GatherGradient gradient) {
  if (collective.world_size() == 1) return x;
  const double scale = gradient == GatherGradient::kExact ? static_cast<double>(collective.world_size()) : 1.0;
  return Gather::apply(x, &collective, scale);
}

}  // namespace tvts

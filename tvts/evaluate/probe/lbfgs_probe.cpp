#include "tvts/evaluate/probe/lbfgs_probe.h"

#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::int64_t kBlock = 8192;  // items whose scores are in memory together

// The loss, with its gradients left in the parameters.
double evaluate(const LinearProbe& probe, const LabelledFeatures& train, double l2) {
  const at::NoGradGuard gradients_by_hand;
  const auto items = static_cast<double>(train.features.size(0));
  at::Tensor d_weight = l2 * probe.weight;
  at::Tensor d_bias = at::zeros_like(probe.bias);
  double loss = l2 / 2 * probe.weight.square().sum(at::kDouble).item<double>();
  for (std::int64_t begin = 0; begin < train.features.size(0); begin += kBlock) {
    const std::int64_t size = std::min(kBlock, train.features.size(0) - begin);
    const CrossEntropy block =
        cross_entropy(probe, train.features.narrow(0, begin, size), train.labels.narrow(0, begin, size));
    const double share = static_cast<double>(size) / items;
    loss += block.loss_sum / items;
    d_weight.add_(block.d_weight, share);
    d_bias.add_(block.d_bias, share);
  }
  probe.weight.mutable_grad() = d_weight;
  probe.bias.mutable_grad() = d_bias;
  return loss;
}

}  // namespace

LinearProbe train_by_lbfgs(const LabelledFeatures& train, const ProbeOptions& options, const ProbeProgress& progress) {
  const LinearProbe probe = {.weight = at::zeros({train.classes, train.features.size(1)}),
                             .bias = at::zeros({train.classes})};
  for (const at::Tensor& parameter : {probe.weight, probe.bias}) parameter.set_requires_grad(true);
  torch::optim::LBFGS optimizer(std::vector<at::Tensor>{probe.weight, probe.bias}, torch::optim::LBFGSOptions(1)
                                                                                       .max_iter(options.iterations)
                                                                                       .tolerance_grad(1e-6)
                                                                                       .tolerance_change(1e-9)
                                                                                       .history_size(20)
                                                                                       .line_search_fn("strong_wolfe"));
  const double l2 = options.l2.value_or(1.0 / static_cast<double>(train.features.size(0)));
  std::int64_t evaluations = 0;
  optimizer.step([&] {
    const double loss = evaluate(probe, train, l2);
    if (!std::isfinite(loss)) fail_input("probe: the loss is not finite; standardize the features");
    progress(++evaluations, loss);
    return at::scalar_tensor(loss, at::kDouble);
  });
  return {.weight = probe.weight.detach(), .bias = probe.bias.detach()};
}

}  // namespace tvts

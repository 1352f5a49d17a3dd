#include "tvts/train/loop/optimizer.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

std::string to_string(UnusedGradient unused) { return unused == UnusedGradient::kZeros ? "zeros" : "skip"; }

UnusedGradient unused_gradient_named(const std::string& name) {
  for (const UnusedGradient unused : {UnusedGradient::kZeros, UnusedGradient::kSkip}) {
    if (name == to_string(unused)) return unused;
  }
  fail_usage("the rule for unused parameters is '", name, "'; expected zeros or skip");
}

Optimizer::Optimizer(const DualEncoder& model, const FreezeOptions& freeze, const OptimizerOptions& options)
    : options_(options) {
  for (auto& [name, value] : named_parameters(model)) {
    const ParameterGroup group = parameter_group(name, freeze);
    value.requires_grad_(!group.frozen);
    if (group.frozen) continue;
    parameters_.push_back({.name = name,
                           .value = value,
                           .weight_decay = group.decays ? options.weight_decay : 0,
                           .is_new = group.is_new});
  }
}

std::vector<at::Tensor> Optimizer::values() const {
  std::vector<at::Tensor> values;
  for (const TrainedParameter& parameter : parameters_) values.push_back(parameter.value);
  return values;
}

bool Optimizer::is_finite() const {
  return std::all_of(parameters_.begin(), parameters_.end(),
                     [](const TrainedParameter& parameter) { return parameter.value.isfinite().all().item<bool>(); });
}

void Optimizer::step(double rate_factor, Replicas& replicas) {
  replicas.run(parameters_.size(), [&](std::size_t i) { step_one(parameters_[i], rate_factor); });
}

void Optimizer::step_one(TrainedParameter& parameter, double rate_factor) const {
  at::Tensor gradient = parameter.value.grad();
  const bool has_moments = parameter.moment1.defined();
  if (!gradient.defined() && has_moments && options_.unused == UnusedGradient::kZeros) {
    gradient = at::zeros_like(parameter.value);
  }
  if (!gradient.defined()) return;
  const double rate = parameter.is_new ? options_.rate_new : options_.rate_clip;
  adamw_step(parameter, gradient, rate * rate_factor, options_.adamw);
  parameter.value.mutable_grad().reset();
}

}  // namespace tvts

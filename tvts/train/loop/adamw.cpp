#include "tvts/train/loop/adamw.h"

#include <cmath>

namespace tvts {

void adamw_step(TrainedParameter& parameter, const at::Tensor& gradient, double rate, const AdamWOptions& options) {
  const at::NoGradGuard no_grad;
  at::Tensor& value = parameter.value;
  if (!parameter.moment1.defined()) {
    parameter.moment1 = at::zeros_like(value);
    parameter.moment2 = at::zeros_like(value);
  }
  ++parameter.steps;
  const auto steps = static_cast<double>(parameter.steps);
  parameter.moment1.mul_(options.beta1).add_(gradient, 1 - options.beta1);
  parameter.moment2.mul_(options.beta2).addcmul_(gradient, gradient, 1 - options.beta2);
  const at::Tensor denominator = parameter.moment2.sqrt().add_(options.epsilon);
  const double correction = std::sqrt(1 - std::pow(options.beta2, steps)) / (1 - std::pow(options.beta1, steps));
  value.addcdiv_(parameter.moment1, denominator, -rate * correction);
  if (parameter.weight_decay > 0) value.add_(value, -rate * parameter.weight_decay);
}

}  // namespace tvts

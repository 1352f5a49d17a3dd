// AdamW as the published training uses it: the decay is applied after the step, to the updated value, and epsilon is
// added to the root of the uncorrected second moment (docs/pretraining.md).
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace tvts {

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.999;
  double epsilon = 1e-6;
};

// One parameter and what the optimiser remembers of it.
struct TrainedParameter {
  std::string name;
  at::Tensor value;
  double weight_decay = 0;
  bool is_new = false;          // ParameterGroup::is_new: which learning rate
  at::Tensor moment1, moment2;  // shaped like value; undefined before the first gradient
  int64_t steps = 0;            // that this parameter has taken
};

// One step with gradient g (defined, of the value's shape):
//   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2
//   value -= rate * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)
//   value -= rate * weight_decay * value
void adamw_step(TrainedParameter& parameter, const at::Tensor& gradient, double rate, const AdamWOptions& options);

}  // namespace tvts

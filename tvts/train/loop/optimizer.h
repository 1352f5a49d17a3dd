// The optimiser of a run: every trained parameter of a model with its group, stepped together.
#pragma once

#include <string>
#include <vector>

#include "tvts/model/cpu/replicas/replicas.h"
#include "tvts/model/plain/dual_encoder.h"
#include "tvts/train/loop/adamw.h"
#include "tvts/train/loop/parameter_groups.h"

namespace tvts {

// The treatment of a parameter that the step's loss does not reach, once it has had a gradient (the sort head in a step
// on alt-texts).
enum class UnusedGradient {
  kZeros,  // counts as zero: momentum and decay go on. The published run's behaviour
  kSkip    // the parameter rests
};

std::string to_string(UnusedGradient unused);                   // "zeros", "skip"
UnusedGradient unused_gradient_named(const std::string& name);  // throws Error(kUsage) listing the names

struct OptimizerOptions {
  double rate_new = 1e-4;   // timeattn, ln_3, sort head
  double rate_clip = 1e-7;  // everything else that trains
  double weight_decay = 0.05;
  AdamWOptions adamw;
  UnusedGradient unused = UnusedGradient::kZeros;
};

class Optimizer {
 public:
  // Marks which of the model's parameters take gradients.
  Optimizer(const DualEncoder& model, const FreezeOptions& freeze, const OptimizerOptions& options);

  // One step with the gradients that the parameters hold, at `rate_factor` times the stated rates. Clears them.
  void step(double rate_factor, Replicas& replicas);

  // True if every trained value is a finite number.
  bool is_finite() const;

  std::vector<at::Tensor> values() const;  // of the trained parameters, shared with the model

  std::vector<TrainedParameter>& parameters() { return parameters_; }
  const std::vector<TrainedParameter>& parameters() const { return parameters_; }
  const OptimizerOptions& options() const { return options_; }

 private:
  void step_one(TrainedParameter& parameter, double rate_factor) const;

  OptimizerOptions options_;
  std::vector<TrainedParameter> parameters_;
};

}  // namespace tvts

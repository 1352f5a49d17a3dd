// The gradients of a batch whose parts go through the model side by side (docs/decisions/0014-parts-of-a-batch.md):
//
//   part 0 -> [encode] -+                              +-> [gradient of part 0] -+
//   part 1 -> [encode] -+-> losses of the whole batch -+-> [gradient of part 1] -+-> sums, part 0 first
// Each bracket runs in one replica.
#pragma once

#include <vector>

#include "tvts/model/cpu/replicas/replicas.h"
#include "tvts/train/objective/objective.h"

namespace tvts {

class BatchGradients {
 public:
  // parameters: those of the model that take gradients. parts: of a batch that has so many clips. Model and replicas
  // outlive this.
  BatchGradients(DualEncoder& model, std::vector<at::Tensor> parameters, int64_t parts, Replicas& replicas);

  // compute_losses(), and `share` times the gradient of their total added to what the parameters hold. Its bits depend
  // on the number of parts and not on that of the replicas. A batch in one part is an ordinary backward pass: hooks of
  // the parameters run as their gradients are there.
  Losses add(const ObjectiveBatch& batch, const ObjectiveOptions& options, Collective& collective, double share);

 private:
  using Gradients = std::vector<at::Tensor>;  // of each parameter, undefined where it has none

  void add_up(const std::vector<Gradients>& parts);

  DualEncoder& model_;
  const std::vector<at::Tensor> parameters_;
  const int64_t parts_;
  Replicas& replicas_;
};

}  // namespace tvts

// The gradients of a batch whose parts go through the model side by side (docs/decisions/0014-parts-of-a-batch.md):
//
//   part 0 -> [lane: encode] -+                                  +-> [lane: gradient of part 0] -+
//   part 1 -> [lane: encode] -+-> losses of the whole batch -----+-> [lane: gradient of part 1] -+-> sums, part 0 first
#pragma once

#include <vector>

#include "tvts/lanes/lanes.h"
#include "tvts/objective/objective.h"

namespace tvts {

class BatchGradients {
 public:
  // parameters: those of the model that take gradients. parts: of a batch that has so many clips. Model and lanes
  // outlive this.
  BatchGradients(DualEncoder& model, std::vector<at::Tensor> parameters, int64_t parts, Lanes& lanes);

  // compute_losses(), and `share` times the gradient of their total added to what the parameters hold. Its bits depend
  // on the number of parts and not on that of the lanes. A batch in one part is an ordinary backward pass: hooks of the
  // parameters run as their gradients are there.
  Losses add(const ObjectiveBatch& batch, const ObjectiveOptions& options, Collective& collective, double share);

 private:
  using Gradients = std::vector<at::Tensor>;  // of each parameter, undefined where it has none

  void add_up(const std::vector<Gradients>& parts);

  DualEncoder& model_;
  const std::vector<at::Tensor> parameters_;
  const int64_t parts_;
  Lanes& lanes_;
};

}  // namespace tvts

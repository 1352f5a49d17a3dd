// Embeddings of all ranks, with a gradient for this rank's own.
#pragma once

#include <string>

#include "tvts/train/objective/collective.h"

namespace tvts {

// Every rank computes the loss of the gathered embeddings and back-propagates through its own slice; the trainer then
// averages the parameters' gradients over the ranks.
enum class GatherGradient {
  kExact,     // the slice's gradient times the world size: the average is the gradient of the global loss
  kPublished  // the slice's gradient as it is: the average is the gradient of the global loss / world size
};

std::string to_string(GatherGradient gradient);                 // "exact", "published"
GatherGradient gather_gradient_named(const std::string& name);  // throws Error(kUsage) listing the names

// x [B, E] -> [W * B, E], rank 0 first.
at::Tensor gather(const at::Tensor& x, Collective& collective, GatherGradient gradient);

}  // namespace tvts

// Copies the weights of a model that lies in a mapped file, so that it can be trained.
#pragma once

#include "tvts/model/plain/dual_encoder.h"

namespace tvts {

// Copies all parameters: a mapped file's are read-only.
void own_parameters(DualEncoder& model);

}  // namespace tvts

// From a model that lies in a file to one that can be trained.
#pragma once

#include "tvts/model/dual_encoder.h"

namespace tvts {

// Copies all parameters: a mapped file's are read-only.
void own_parameters(DualEncoder& model);

}  // namespace tvts

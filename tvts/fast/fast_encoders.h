// Both encoders of a model in their fast form.
#pragma once

#include <memory>

#include "tvts/model/dual_encoder.h"
#include "tvts/model/encoders.h"

namespace tvts {

// Packs what the model has of a video and a text encoder; it is not needed afterwards. type: of matrix products, one
// that takes_fast_path() accepts.
std::unique_ptr<Encoders> fast_encoders(const DualEncoder& model, at::ScalarType type);

}  // namespace tvts

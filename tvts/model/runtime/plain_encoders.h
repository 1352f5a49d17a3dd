// The encoders as the model defines them, without the fast path.
#pragma once

#include <memory>

#include "tvts/model/plain/dual_encoder.h"
#include "tvts/model/plain/encoders.h"

namespace tvts {

// Of the same modules, wherever their weights are.
std::unique_ptr<Encoders> plain_encoders(const DualEncoder& model);

}  // namespace tvts

// Both encoders of a model in their fast form.
#pragma once

#include <memory>

#include "tvts/model/cpu/inference/linear_input.h"
#include "tvts/model/plain/dual_encoder.h"
#include "tvts/model/plain/encoders.h"

namespace tvts {

// Packs what the model has of a video and a text encoder; it is not needed afterwards. products: such that
// takes_fast_path() accepts.
std::unique_ptr<Encoders> fast_encoders(const DualEncoder& model, const Products& products,
                                        const OnPacked& on_packed = {});

}  // namespace tvts

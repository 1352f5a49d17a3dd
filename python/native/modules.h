// A model that takes gradients, as Python's modules hold it.
#pragma once

#include <memory>
#include <optional>

#include "tvts/config/model_spec.h"
#include "tvts/model/plain/dual_encoder.h"
#include "tvts/text/tokenizer.h"

namespace tvts::python {

struct Modules {
  ModelSpec spec;
  DualEncoder model;
  std::optional<Tokenizer> tokenizer;  // made when it is first needed
};

// All parameters of the model will.
void take_gradients(DualEncoder& model);

}  // namespace tvts::python

// In what type a model's matrix products run.
#pragma once

#include <string>

#include "tvts/model/dual_encoder.h"

namespace tvts {

enum class Precision { kFp32, kBf16 };

std::string to_string(Precision precision);          // "fp32", "bf16"
Precision precision_named(const std::string& name);  // throws Error(kUsage) listing the names

at::ScalarType scalar_type(Precision precision);  // of the matrix products

// Holds the weights of matrix products (and their biases) in the precision; LayerNorms and embeddings stay in float32.
void hold_matrices_in(DualEncoder& model, Precision precision);

}  // namespace tvts

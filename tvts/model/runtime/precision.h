// The compute type of a model's matrix products.
#pragma once

#include <string>

#include "tvts/model/plain/dual_encoder.h"

namespace tvts {

enum class Precision {
  kFp32,
  kBf16,
  kInt8  // weights and what they multiply in 8 bits, quantised at load; on CPUs with the fast path
};

std::string to_string(Precision precision);          // "fp32", "bf16", "int8"
Precision precision_named(const std::string& name);  // throws Error(kUsage) listing the names

// The fastest on the device of those whose embeddings have a cosine of 0.9999 and more with fp32's: bf16 where its
// products are faster (measured), else fp32.
Precision fastest_precision(at::Device device);

// Holds the weights of matrix products (and their biases) in the precision; LayerNorms and embeddings stay in float32.
void hold_matrices_in(DualEncoder& model, Precision precision);

}  // namespace tvts

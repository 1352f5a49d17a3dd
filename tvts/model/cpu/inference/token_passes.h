// Operations on every token by itself, on all cores.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"
#include "tvts/model/cpu/inference/packed_linear.h"

namespace tvts {

struct NormWeights {
  at::Tensor gain, bias;  // float32 [D]
};

// LayerNorm over the last axis, float32: where nothing is added or rounded.
at::Tensor layer_norm(const at::Tensor& x, const NormWeights& weights);

enum class Residual { kKeep, kLeave };

// LayerNorm(x + add), [rows, D], for the layer whose form is given. x: float32 [rows, D]; becomes x + add with
// Residual::kKeep. add: of the products' type, or undefined.
LinearInput add_and_norm(const at::Tensor& x, const at::Tensor& add, Residual residual, const NormWeights& weights,
                         const InputForm& form);

// activation(layer(x)), for the layer whose form is given.
LinearInput activated(const PackedLinear& layer, const LinearInput& x, Activation activation, const InputForm& form);

}  // namespace tvts

// What happens to every token by itself, on all cores.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"

namespace tvts {

struct NormWeights {
  at::Tensor gain, bias;  // float32 [D]
};

// LayerNorm over the last axis, float32: where nothing is added or rounded.
at::Tensor layer_norm(const at::Tensor& x, const NormWeights& weights);

enum class Residual { kKeep, kLeave };

// LayerNorm(x + add), [rows, D] of `type`. x: float32 [rows, D]; becomes x + add with Residual::kKeep. add: of `type`,
// or undefined.
at::Tensor add_and_norm(const at::Tensor& x, const at::Tensor& add, Residual residual, const NormWeights& weights,
                        at::ScalarType type);

// In place; x is contiguous.
void activate_in_place(at::Tensor& x, Activation activation);

}  // namespace tvts

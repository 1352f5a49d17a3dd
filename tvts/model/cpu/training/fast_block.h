// One block of the video encoder with its gradient: what SpaceTimeBlock defines, over tokens that lie in rows.
#pragma once

#include "tvts/model/cpu/training/row_gradients.h"
#include "tvts/model/plain/space_time_block.h"

namespace tvts {

// A block's parameters, shared with the module.
struct BlockParameters {
  NormWeights ln_1, ln_2, ln_3;
  LinearWeights time_qkv, time_proj, space_qkv, space_proj, fc, proj;
};
BlockParameters parameters_of(const SpaceTimeBlockImpl& block);

struct BlockShape {
  ClipRows grid;
  int64_t heads;
  Activation activation;
  at::ScalarType type;     // of matrix products and of what is kept for the gradient: float32 or bfloat16
  bool cls_alone = false;  // in a last block, whose patches are not used afterwards
};

// x: float32 [rows, D] -> [rows, D], or the CLS rows alone, [B, D]. Kept for the gradient are x, its sum with space,
// and what the attentions and the MLP's hidden layer need, in `type`; norms, weights of attention and activations are
// computed again.
at::Tensor fast_block(const at::Tensor& x, const BlockParameters& parameters, const BlockShape& shape);

}  // namespace tvts

// Pools features into the one vector that stands for a clip or a text.
#pragma once

#include <ATen/core/Tensor.h>

namespace tvts {

// x / |x| over the last axis; a norm below least_norm counts as least_norm, so that a zero vector stays zero.
at::Tensor l2_normalised(const at::Tensor& x, double least_norm = 1e-12);

// The mean of the frames' features, each made of length 1; not normalised itself: [..., T, E] -> [..., E]
at::Tensor mean_pooled(const at::Tensor& frame_features);

}  // namespace tvts

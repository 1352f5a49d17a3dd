// Checks the shapes that a video encoder accepts.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"

namespace tvts {

// [B, T, 3, R, R] of [B, T, 3, R, R] or of one-frame videos [B, 3, R, R]. Throws Error(kInput) where the shape is not
// the model's or T is not 1 to num_frames.
at::Tensor checked_clips(const at::Tensor& video, const VideoConfig& config);

// Throws Error(kInput) unless it is [B, 3, R, R].
void check_images(const at::Tensor& images, const VideoConfig& config);

}  // namespace tvts

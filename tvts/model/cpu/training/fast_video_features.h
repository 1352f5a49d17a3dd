// The video encoder in training, on CPUs: what VideoEncoder::forward() defines, with the same gradients.
#pragma once

#include "tvts/model/plain/dual_encoder.h"

namespace tvts {

// type: of matrix products, float32 or bfloat16, such that takes_fast_path() accepts it. Parameters are float32.
// As VideoEncoder::forward(); without with_tokens `tokens` is undefined, and the last block is computed for CLS alone.
VideoFeatures fast_video_features(DualEncoder& model, const at::Tensor& video, const at::Tensor& keep, bool with_tokens,
                                  at::ScalarType type);

}  // namespace tvts

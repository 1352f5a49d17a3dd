// The interface of encoders that compute features from pixels and token ids without gradients: the plain model, or a
// faster form of it.
#pragma once

#include <torch/torch.h>

#include <functional>

#include "tvts/model/plain/video_encoder.h"

namespace tvts {

// Called now and then while encoders take over a model's weights: the memory that these lie in may be released until it
// is needed.
using OnPacked = std::function<void()>;

class Encoders {
 public:
  virtual ~Encoders() = default;

  // As VideoEncoder::forward() without a mask; without with_tokens, `tokens` may be undefined.
  virtual VideoFeatures video(const at::Tensor& video, bool with_tokens) = 0;
  // As VideoEncoder::forward_images().
  virtual at::Tensor images(const at::Tensor& images) = 0;
  // As TextEncoder::forward().
  virtual at::Tensor texts(const at::Tensor& ids) = 0;
};

}  // namespace tvts

#include "tvts/model/plain/pooling.h"

#include <ATen/ATen.h>

namespace tvts {

at::Tensor l2_normalised(const at::Tensor& x, double least_norm) {
  return x / x.norm(2, -1, /*keepdim=*/true).clamp_min(least_norm);
}

at::Tensor mean_pooled(const at::Tensor& frame_features) { return l2_normalised(frame_features).mean(-2); }

}  // namespace tvts

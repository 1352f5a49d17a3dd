// A chart of the attention of one patch over time.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "tvts/evaluate/attention/attention_map.h"
#include "tvts/report/chart.h"

namespace tvts {

// weights: temporal_attention() [H, 1 + T]; frame_seconds: of the frames the clip has, T or fewer (the rest of the
// input is zeros and is left out). One line a head, and one for even attention.
Chart temporal_chart(const at::Tensor& weights, const std::vector<double>& frame_seconds, const PatchPosition& patch);

}  // namespace tvts

// The whole model: a video encoder, a text encoder and, in training, the sort head.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tvts/config/model_config.h"
#include "tvts/model/plain/sort_head.h"
#include "tvts/model/plain/text_encoder.h"
#include "tvts/model/plain/video_encoder.h"

namespace tvts {

struct DualEncoder {
  ModelConfig config;
  VideoEncoder video{nullptr};
  TextEncoder text{nullptr};
  SortHead sort_head{nullptr};  // set in training alone
};

// Weights are unset. Throws Error(kInput) when the config does not hold together.
DualEncoder make_dual_encoder(const ModelConfig& config);

// Every parameter under its checkpoint name: video_model.*, text_*, and pred_model.* where there is a sort head. Parts
// that are absent are left out.
std::vector<std::pair<std::string, at::Tensor>> named_parameters(const DualEncoder& model);

}  // namespace tvts

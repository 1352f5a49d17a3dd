// The files of an attention request: pictures, videos, charts and arrays.
#pragma once

#include <string>

#include "tvts/api/attention.h"
#include "tvts/config/model_spec.h"
#include "tvts/evaluate/attention/attention_map.h"
#include "tvts/media/video/clip.h"

namespace tvts {

// A clip and all that one block attends to in it.
struct Attended {
  Clip clip;
  at::Tensor keep;  // int64 [1, n], or undefined
  BlockWeights weights;
  std::int64_t layer = 0;  // from 0
  ModelConfig config;
  std::string model_path;
};

inline constexpr int kFewestPerSecond = 1, kMostPerSecond = 60;  // frames of a video

// Throws Error(kUsage) when an output is of no form that this request has. over_time: of a patch.
void check_outputs(const api::AttentionRequest& request, bool over_time);

void write_map(const api::AttentionRequest& request, const Attended& attended, const AttentionMap& map);

// weights: temporal_attention() of the heads that are shown.
void write_over_time(const api::AttentionRequest& request, const Attended& attended, const at::Tensor& weights,
                     const PatchPosition& patch);

}  // namespace tvts

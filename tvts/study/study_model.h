// A trained model as the world's tests take it: with its sort head, where the file has one.
#pragma once

#include <string>

#include "tvts/config/model_spec.h"
#include "tvts/model/dual_encoder.h"
#include "tvts/objective/objective.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

struct StudyModel {
  std::string path;
  ModelSpec spec;
  DualEncoder model;
  int64_t segments = 0;  // K of the sort head; 0: there is none
  Tokenizer tokenizer;
  VideoPath video_path = VideoPath::kSpaceTime;
  at::Device device = at::kCPU;
};

struct LoadStudyModel {
  VideoPath video_path = VideoPath::kSpaceTime;
  std::string device = "cpu";
  std::string vocabulary_path;  // CLIP's merges, for a model file that carries none
};

// Checkpoints of a run hold the sort head, released models do not. Throws Error(kInput) as load_model(), Error(kUsage)
// where the device is not there.
StudyModel load_study_model(const std::string& path, const LoadStudyModel& options);

// [texts, E], of length 1, on the CPU.
at::Tensor encode_texts(StudyModel& model, const std::vector<std::string>& texts);

// float32 [B, T, 3, R, R], normalised -> [B, E], of length 1, on the CPU.
at::Tensor encode_videos(StudyModel& model, const at::Tensor& videos);

// Logits of the sort head, [B, K, K] on the CPU, for videos as above and K texts of each. The model has a sort head.
at::Tensor sort_logits(StudyModel& model, const at::Tensor& videos, const std::vector<std::string>& texts);

}  // namespace tvts

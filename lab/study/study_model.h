// A trained model as the world's tests take it.
#pragma once

#include <optional>
#include <string>

#include "tvts/features/embed_clips.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts {

// With its sort head, where the file has one.
struct StudyModel : PretrainedModel {
  EmbedOptions embed;  // features are those that tvts embed gives with this model file and pooling
};

struct LoadStudyModel {
  std::optional<Pool> pool;  // absent: what the file states
  std::string device = "cpu";
  std::string vocabulary_path;  // CLIP's merges, for a model file that carries none
};

// Checkpoints of a run hold the sort head, released models do not. Throws Error(kInput) as load_model(), Error(kUsage)
// where the device is not there.
StudyModel load_study_model(const std::string& path, const LoadStudyModel& options);

// [texts, E], of length 1, on the CPU.
at::Tensor encode_texts(StudyModel& model, const std::vector<std::string>& texts);

// Logits of the sort head, [B, K, K] on the CPU, for float32 [B, T, 3, R, R], normalised, and K texts of each. The
// model has a sort head.
at::Tensor sort_logits(StudyModel& model, const at::Tensor& videos, const std::vector<std::string>& texts);

}  // namespace tvts

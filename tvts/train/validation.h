// Retrieval on clips that are not trained on, and how far the model has moved from its start.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/corpora/batch_stream.h"
#include "tvts/objective/objective.h"
#include "tvts/text/tokenizer.h"
#include "tvts/train/train_config.h"

namespace tvts {

struct ValidationResult {
  double text_to_video_r1 = 0, text_to_video_r5 = 0;  // percent
  double video_to_text_r1 = 0;                        // percent
  double median_rank = 0;
  double matched_similarity = 0;  // mean cosine of matched pairs (MMS, Table 1)
  // The degradation guard: what the run has done to what it inherited.
  double text_drift = 0;  // mean of 1 - cosine between a caption's feature and the one it had at the start
  double r1_change = 0;   // text_to_video_r1 less that of the start, in points
};

// A sentence for each sign that training destroys what the start knew: text features turned away from where they were
// (a drift above 0.5), or less than half of the start's R@1 left.
std::vector<std::string> guard_warnings(const ValidationResult& result);

class Validation {
 public:
  // Decodes the clips of config.validation with the evaluation transform and keeps them in memory.
  // Throws Error(kInput) when the list cannot be read or no clip of it can.
  Validation(const TrainConfig& config, const ModelConfig& model, const Tokenizer& tokenizer, std::stop_token stop);

  // Remembers the captions' features and R@1 as those of the start. Returns run()'s result for it.
  ValidationResult remember_start(DualEncoder& model, const ObjectiveOptions& options);
  // After remember_start(). Throws Error(kInput) when a feature is no number.
  ValidationResult run(DualEncoder& model, const ObjectiveOptions& options) const;

  std::size_t size() const { return clips_.size(); }

 private:
  at::Tensor text_features(DualEncoder& model, const ObjectiveOptions& options) const;   // [N, E], unit length
  at::Tensor video_features(DualEncoder& model, const ObjectiveOptions& options) const;  // [N, E], unit length

  std::vector<TrainingClip> clips_;
  int64_t image_size_;
  at::Tensor ids_;          // [N, L]
  at::Tensor start_texts_;  // [N, E], unit length
  double start_r1_ = 0;
};

}  // namespace tvts

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
  double text_drift = 0;          // mean of 1 - cosine between a caption's feature and the one it had at the start
};

class Validation {
 public:
  // Decodes the clips of config.validation with the evaluation transform and keeps them in memory.
  // Throws Error(kInput) when the list cannot be read or no clip of it can.
  Validation(const TrainConfig& config, const ModelConfig& model, const Tokenizer& tokenizer, std::stop_token stop);

  // Remembers the captions' features as those of the start.
  void remember_start(DualEncoder& model, const ObjectiveOptions& options);
  ValidationResult run(DualEncoder& model, const ObjectiveOptions& options) const;

  std::size_t size() const { return clips_.size(); }

 private:
  at::Tensor text_features(DualEncoder& model, const ObjectiveOptions& options) const;   // [N, E], unit length
  at::Tensor video_features(DualEncoder& model, const ObjectiveOptions& options) const;  // [N, E], unit length

  std::vector<TrainingClip> clips_;
  int64_t image_size_;
  at::Tensor ids_;          // [N, L]
  at::Tensor start_texts_;  // [N, E], unit length
};

}  // namespace tvts

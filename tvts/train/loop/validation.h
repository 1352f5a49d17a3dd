// Validation of a run: retrieval on clips that are not trained on, and the distance of the model from its start.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "tvts/config/model_spec.h"
#include "tvts/features/embed_clips.h"
#include "tvts/text/tokenizer.h"
#include "tvts/train/loop/validation_set.h"

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
  // Reads the clips. spec: what the model file of the run states; features are those that tvts embed gives with such a
  // file, in the stage image-text with one frame a clip. The tokenizer outlives this.
  // Throws what read_validation_set() throws.
  Validation(const TrainConfig& config, const ModelSpec& spec, const Tokenizer& tokenizer, std::stop_token stop);

  // Remembers the captions' features and R@1 as those of the start. Returns run()'s result for it.
  ValidationResult remember_start(const DualEncoder& model);
  // After remember_start(). Throws Error(kInput) when a feature is no number.
  ValidationResult run(const DualEncoder& model) const;

  // float32 [N, E], of length 1, on the CPU, in fp32.
  struct Features {
    at::Tensor videos, texts;
  };
  Features features(const DualEncoder& model) const;

  std::size_t size() const { return set_.clips.size(); }

 private:
  ValidationResult result(const Features& features) const;

  const Tokenizer& tokenizer_;
  const std::string device_;
  const EmbedOptions embed_;
  const ValidationSet set_;
  at::Tensor start_texts_;  // [N, E], of length 1
  double start_r1_ = 0;
};

}  // namespace tvts

// The model and its controls, as systems that take the same tests.
#pragma once

#include <string>
#include <vector>

#include "lab/study/clip_features.h"

namespace tvts {

inline constexpr char kModel[] = "model";
inline constexpr char kFramesShuffled[] = "frames shuffled";  // the same model, each clip's frames in a drawn order
inline constexpr char kTextOnly[] = "text only";  // the same model, every clip's feature the mean of the test's
inline constexpr char kMeanOfFrames[] = "mean of frames";      // another model, trained so
inline constexpr char kOtherVideo[] = "another clip's video";  // the same model and texts; sorting alone

enum class Controls { kAll, kNone };

// The model first; the baseline, where there is one, last.
class Systems {
 public:
  // Both outlive this; baseline: null for none. Without controls the model stands alone.
  Systems(StudyModel& model, StudyModel* baseline, Controls controls, ReadingOptions options)
      : model_(model), baseline_(baseline), controls_(controls), options_(std::move(options)) {}

  std::vector<std::string> names() const;
  // Features of each system, [clips, E] and [texts, E].
  std::vector<at::Tensor> videos(const std::vector<std::string>& paths);
  std::vector<at::Tensor> texts(const std::vector<std::string>& texts);

  StudyModel& model() { return model_; }
  const ReadingOptions& options() const { return options_; }

 private:
  StudyModel& model_;
  StudyModel* baseline_;
  const Controls controls_;
  const ReadingOptions options_;
};

// Cosine similarity, [a, b] row after row: equal features have equal bits.
std::vector<float> scores_of(const at::Tensor& a, const at::Tensor& b);

}  // namespace tvts

// The clips that a run is validated on, decoded once and kept.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "tvts/media/video/clip.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

struct ValidationSet {
  std::vector<Clip> clips;         // [N]
  std::vector<std::string> texts;  // [N * K]: those of clip 0, of clip 1, ...
  int64_t segments = 1;            // K
};

// The first config.validation.limit samples of the corpus of config.validation, each as a whole, in the order of the
// list. One that cannot be read, or of which nothing is said, is left out with a warning.
// Throws what open_corpus() throws, Error(kInput) when fewer than two are left, Error(kInterrupted) on stop.
ValidationSet read_validation_set(const TrainConfig& config, const ClipOptions& options, std::stop_token stop);

}  // namespace tvts

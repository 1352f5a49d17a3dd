// Makes the model that a run starts from.
#pragma once

#include <string>

#include "tvts/config/model_spec.h"
#include "tvts/model/plain/dual_encoder.h"
#include "tvts/text/tokenizer.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

struct InitialModel {
  ModelSpec spec;
  DualEncoder model;  // float32 weights of its own, on the CPU
  Tokenizer tokenizer;
};

// Weights of config.start, or random ones; the temporal attention as config.temporal_start says; a sort head where a
// corpus is sorted (the file's own where it has one of the right size). A run of the stage image-text starts with t = 0
// and a temporal embedding of zeros, and leaves them so.
// Throws Error(kInput) when the file cannot be read or does not fit config.model or the corpora.
InitialModel initial_model(const TrainConfig& config, const std::string& vocabulary_path);

// The sizes of the model of a run: what config.start holds, of which no weight is read, or what config.model names.
// reads_start: false when the file is not there yet. Throws as initial_model().
ModelConfig model_sizes(const TrainConfig& config, bool reads_start = true);

// K of the corpora that are sorted; 0 when none is. Throws Error(kUsage) when they differ.
int64_t sorted_segments(const TrainConfig& config, int64_t num_frames);

}  // namespace tvts

// The run's log: one JSON object a line, OUTPUT/log.jsonl (docs/pretraining.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tvts/train/loop/validation.h"

#include "tvts/core/append_file.h"

namespace tvts {

// The values of one step, or their means over the steps since the last record of its corpus.
struct StepRecord {
  int64_t step = 0, epoch = 0;
  std::string corpus;
  double loss = 0, contrastive = 0;
  std::optional<double> sorting, sort_accuracy;  // of a sorted batch
  double matched_similarity = 0;                 // mean cosine of the batch's matched pairs
  double rate_new = 0, rate_clip = 0;
  double clips_per_second = 0;
  double wait_share = 0;  // of the time since the last record, spent waiting for data
  int64_t replaced = 0;   // samples that could not be read, so far
  double seconds = 0;     // since the process began
};

class TrainingLog {
 public:
  // Goes on with the log of `path` after a resume: records past `last_step` are dropped.
  TrainingLog(const std::string& path, int64_t last_step);

  void write(const StepRecord& record);
  void write(int64_t step, const ValidationResult& result);

 private:
  void append(const std::string& line);

  AppendFile file_;
};

}  // namespace tvts

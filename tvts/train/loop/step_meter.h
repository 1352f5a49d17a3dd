// Means over the steps between two records of the log.
#pragma once

#include <chrono>

#include "tvts/train/corpora/batch_stream.h"
#include "tvts/train/loop/training_log.h"
#include "tvts/train/objective/objective.h"

namespace tvts {

class StepMeter {
 public:
  void add(const Losses& losses);
  void add_clips(int64_t clips) { clips_ += clips; }

  // The means since the last call; counts: of the run so far.
  StepRecord take(const StreamCounts& counts);

 private:
  using Clock = std::chrono::steady_clock;

  int64_t batches_ = 0, clips_ = 0;
  double loss_ = 0, contrastive_ = 0, sorting_ = 0, sort_accuracy_ = 0, matched_ = 0;
  bool sorted_ = false;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  double last_wait_seconds_ = 0;
};

}  // namespace tvts

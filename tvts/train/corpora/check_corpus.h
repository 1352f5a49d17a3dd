// Finds the missing and the unreadable parts of a training data set before a run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/train/corpora/corpus.h"

namespace tvts {

enum class ProblemKind { kMissing, kAnnotation, kVideo };

struct CorpusProblem {
  int64_t sample = 0;
  ProblemKind kind = ProblemKind::kMissing;
  std::string key, reason;
};

struct CheckOptions {
  bool decode = false;  // decode every video to its end; else it is only looked for
  std::size_t workers = 1;
  std::function<void(int64_t done)> on_progress;  // called by one thread at a time
};

// The first problem of each bad sample, in the order of the list. Throws Error(kInterrupted) on stop.
std::vector<CorpusProblem> check_corpus(const std::shared_ptr<const Corpus>& corpus, const CheckOptions& options,
                                        std::stop_token stop);

}  // namespace tvts

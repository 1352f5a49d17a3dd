// Reports failures in the log as they occur, and the progress of the job, while videos are embedded.
#pragma once

#include <optional>
#include <vector>

#include "tvts/core/log.h"
#include "tvts/core/progress.h"
#include "tvts/features/embedded_item.h"

namespace tvts {

class EmbedReporter {
 public:
  // remarks: about the model. They come first; where there is one input in all, after it has succeeded, so that of one
  // that fails the reason alone is said. progress: gets the stage "videos".
  EmbedReporter(JobProgress& progress, std::optional<std::size_t> total, std::vector<Remark> remarks = {});
  void add(const EmbeddedItem& item);
  std::size_t finish();  // returns how many items failed
  // True if it was the only input that failed, so that no more is to be said.
  bool one_failed() const { return one_input_ && counts_.failed > 0; }

 private:
  const bool one_input_;
  std::vector<Remark> remarks_;  // not said yet
  JobProgress& progress_;
  ProgressCounts counts_;
};

}  // namespace tvts

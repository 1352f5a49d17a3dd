#include "tvts/features/embed_reporter.h"

#include <utility>

namespace tvts {

EmbedReporter::EmbedReporter(JobProgress& progress, std::optional<std::size_t> total, std::vector<Remark> remarks)
    : one_input_(total == 1), remarks_(std::move(remarks)), progress_(progress) {
  progress_.begin("videos", total);
  if (!one_input_) log(std::exchange(remarks_, {}));
}

void EmbedReporter::add(const EmbeddedItem& item) {
  ++counts_.done;
  counts_.frames += item.frames;
  if (item.result.status.empty()) {
    log(std::exchange(remarks_, {}));
  } else {
    ++counts_.failed;
    log(one_input_ ? LogLevel::kError : LogLevel::kWarning, item.result.error_message);
  }
  progress_.update(counts_);
}

std::size_t EmbedReporter::finish() {
  if (!one_failed()) progress_.finish();
  return counts_.failed;
}

}  // namespace tvts

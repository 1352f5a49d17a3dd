#include "tvts/train/loop/step_meter.h"

#include "tvts/train/objective/sorting.h"

namespace tvts {

void StepMeter::add(const Losses& losses) {
  ++batches_;
  loss_ += losses.total.item<double>();
  contrastive_ += losses.contrastive.item<double>();
  matched_ += losses.similarity.diagonal().mean().item<double>();
  sorted_ = losses.sorting.defined();
  if (!sorted_) return;
  sorting_ += losses.sorting.item<double>();
  sort_accuracy_ += sorting_accuracy(losses.sort_logits);
}

StepRecord StepMeter::take(const StreamCounts& counts) {
  const auto seconds = [](Clock::duration span) { return std::chrono::duration<double>(span).count(); };
  const Clock::time_point now = Clock::now();
  const double span = seconds(now - last_), batches = static_cast<double>(std::max<int64_t>(1, batches_));
  StepRecord record = {.loss = loss_ / batches,
                       .contrastive = contrastive_ / batches,
                       .matched_similarity = matched_ / batches,
                       .clips_per_second = static_cast<double>(clips_) / span,
                       .wait_share = (counts.wait_seconds - last_wait_seconds_) / span,
                       .replaced = counts.replaced,
                       .seconds = seconds(now - start_)};
  if (sorted_) {
    record.sorting = sorting_ / batches;
    record.sort_accuracy = sort_accuracy_ / batches;
  }
  batches_ = clips_ = 0;
  loss_ = contrastive_ = sorting_ = sort_accuracy_ = matched_ = 0;
  last_ = now;
  last_wait_seconds_ = counts.wait_seconds;
  return record;
}

}  // namespace tvts

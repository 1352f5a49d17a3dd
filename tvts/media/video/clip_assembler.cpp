#include "tvts/media/video/clip_assembler.h"

#include <algorithm>

namespace tvts {

ClipAssembler::ClipAssembler(ClipPlan plan, const ClipOptions& options, std::size_t done, const OnClip& on_clip)
    : plan_(std::move(plan)), options_(options), on_clip_(on_clip), next_(std::min(done, plan_.clips.size())) {
  for (std::size_t i = next_; i < plan_.clips.size(); ++i) {
    wanted_.insert(wanted_.end(), plan_.clips[i].frames.begin(), plan_.clips[i].frames.end());
  }
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
}

bool ClipAssembler::is_wanted(int64_t index) {
  while (next_wanted_ < wanted_.size() && wanted_[next_wanted_] < index) ++next_wanted_;
  return next_wanted_ < wanted_.size() && wanted_[next_wanted_] == index;
}

bool ClipAssembler::take(int64_t index, double seconds, const std::function<std::vector<std::uint8_t>()>& prepare) {
  if (!emit_before(index)) return false;
  if (is_wanted(index)) kept_.emplace(index, KeptFrame{seconds, prepare()});
  return true;
}

bool ClipAssembler::emit_before(int64_t frames_seen) {
  while (!stopped_ && next_ < plan_.clips.size() && plan_.clips[next_].end <= frames_seen) {
    const PlannedClip& planned = plan_.clips[next_++];
    emit(planned);
    const int64_t still_needed = next_ < plan_.clips.size() ? plan_.clips[next_].begin : INT64_MAX;
    kept_.erase(kept_.begin(), kept_.lower_bound(still_needed));
  }
  return !stopped_;
}

bool ClipAssembler::finish_early(double end_seconds) {
  for (; !stopped_ && next_ < plan_.clips.size(); ++next_) {
    PlannedClip planned = plan_.clips[next_];
    std::erase_if(planned.frames, [&](int64_t frame) { return !kept_.contains(frame); });
    planned.end_seconds = std::min(planned.end_seconds, end_seconds);
    if (!planned.frames.empty()) emit(planned);
  }
  return !stopped_;
}

bool ClipAssembler::emit(const PlannedClip& planned) {
  Clip clip;
  clip.frames = static_cast<int64_t>(planned.frames.size());
  clip.image_size = options_.image_size;
  clip.start_seconds = planned.start_seconds;
  clip.end_seconds = planned.end_seconds;
  for (const int64_t frame : planned.frames) {
    const KeptFrame& kept = kept_.at(frame);
    clip.pixels.insert(clip.pixels.end(), kept.pixels.begin(), kept.pixels.end());
    clip.frame_seconds.push_back(kept.seconds);
    clip.frame_indices.push_back(frame);
  }
  stopped_ = !on_clip_(std::move(clip));
  return !stopped_;
}

}  // namespace tvts

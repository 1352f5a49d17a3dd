// Puts the frames of a plan together as they are decoded, and hands out each clip once the frame after it was seen, so
// that no more than the open clips are in memory.
#pragma once

#include <functional>
#include <map>

#include "tvts/media/video/clip_plan.h"

namespace tvts {

class ClipAssembler {
 public:
  using OnClip = std::function<bool(Clip)>;

  // The first `done` clips of the plan are not given again.
  ClipAssembler(ClipPlan plan, const ClipOptions& options, std::size_t done, const OnClip& on_clip);

  // Frames come in presentation order. `prepare` makes the pixels of the frame, where it is wanted.
  // False once on_clip has returned false.
  bool take(int64_t index, double seconds, const std::function<std::vector<std::uint8_t>()>& prepare);

  // The video has ended as planned: hands out what is left.
  bool finish() { return emit_before(INT64_MAX); }

  // The video or its budget has ended early, at end_seconds: hands out what is left of the clips that have any frame.
  bool finish_early(double end_seconds);

  // The frames that the clips not yet handed out take, increasing.
  const std::vector<int64_t>& wanted() const { return wanted_; }

  std::size_t done() const { return next_; }  // clips handed out, the skipped ones included
  bool stopped() const { return stopped_; }

 private:
  struct KeptFrame {
    double seconds;
    std::vector<std::uint8_t> pixels;
  };

  bool is_wanted(int64_t index);
  bool emit_before(int64_t frames_seen);
  bool emit(const PlannedClip& planned);

  ClipPlan plan_;
  const ClipOptions& options_;
  const OnClip& on_clip_;
  std::size_t next_;             // the first clip not yet handed out
  std::vector<int64_t> wanted_;  // frames, increasing
  std::size_t next_wanted_ = 0;
  std::map<int64_t, KeptFrame> kept_;
  bool stopped_ = false;
};

}  // namespace tvts

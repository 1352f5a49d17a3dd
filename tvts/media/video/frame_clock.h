// Converts a stream's timestamps to seconds.
//
// Time zero is the container's start time, as the ffmpeg program and players show it; a frame before it counts as time
// zero. A frame without a timestamp follows its predecessor by that one's duration. Time never runs backwards: a step
// back counts as none.
#pragma once

#include <cstdint>

#include "tvts/media/video/av_ptr.h"

namespace tvts {

class FrameClock {
 public:
  FrameClock(const AVFormatContext& context, const AVStream& stream);

  // The seconds of the next frame in presentation order; ticks of the stream's time base, AV_NOPTS_VALUE and 0 where
  // not known.
  double next(int64_t pts, int64_t duration);

  // The end of the last frame.
  double end() const;

  // The ticks of time zero, AV_NOPTS_VALUE where it is the first frame's.
  int64_t origin() const { return origin_; }

 private:
  double seconds(int64_t ticks) const;

  AVRational time_base_;
  int64_t origin_;
  double default_interval_;
  double slots_end_ = 0;  // of a stream of slots; 0: of another, whose frames say how long they are shown
  double last_ = 0, step_ = 0, interval_ = 0;
  bool started_ = false;
};

}  // namespace tvts

#include "tvts/video/frame_clock.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>

namespace tvts {
namespace {

constexpr double kJoinSeconds = 10;
constexpr double kLatest = 1e12;  // seconds: beyond any clock, and small enough to count windows with

double frame_interval(const AVStream& stream) {
  for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate}) {
    if (rate.num > 0 && rate.den > 0) return static_cast<double>(rate.den) / rate.num;
  }
  return 1.0 / 25;
}

}  // namespace

FrameClock::FrameClock(const AVFormatContext& context, const AVStream& stream)
    : time_base_(stream.time_base), origin_(AV_NOPTS_VALUE), default_interval_(frame_interval(stream)) {
  if (context.start_time != AV_NOPTS_VALUE) {
    origin_ = av_rescale_q(context.start_time, AVRational{1, AV_TIME_BASE}, time_base_);
  }
}

double FrameClock::seconds(int64_t ticks) const { return static_cast<double>(ticks) * time_base_.num / time_base_.den; }

double FrameClock::next(int64_t pts, int64_t duration) {
  double time = last_ + interval_;
  if (pts != AV_NOPTS_VALUE) {
    if (origin_ == AV_NOPTS_VALUE) origin_ = pts;
    time = seconds(av_sat_sub64(pts, origin_)) + shift_;
    if (started_ && time < last_ - kJoinSeconds) {
      shift_ += last_ + interval_ - time;
      time = last_ + interval_;
    }
  }
  last_ = std::min(std::max(time, last_), kLatest);
  interval_ = duration > 0 ? std::min(seconds(duration), kLatest) : default_interval_;
  started_ = true;
  return last_;
}

}  // namespace tvts

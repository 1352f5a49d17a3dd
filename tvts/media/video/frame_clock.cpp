#include "tvts/media/video/frame_clock.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>

#include "tvts/media/video/demuxer.h"

namespace tvts {
namespace {

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
  if (has_slots(*context.iformat) && stream.duration > 0) slots_end_ = seconds(stream.duration);
}

double FrameClock::seconds(int64_t ticks) const { return static_cast<double>(ticks) * time_base_.num / time_base_.den; }

double FrameClock::next(int64_t pts, int64_t duration) {
  double time = last_ + interval_;
  if (pts != AV_NOPTS_VALUE) {
    if (origin_ == AV_NOPTS_VALUE) origin_ = pts;
    time = seconds(av_sat_sub64(pts, origin_));
  }
  time = std::min(std::max(time, last_), kLatest);
  if (started_) step_ = time - last_;
  last_ = time;
  interval_ = duration > 0 ? std::min(seconds(duration), kLatest) : default_interval_;
  started_ = true;
  return last_;
}

// A slot's duration is not that of its frame, which stays while empty ones follow.
double FrameClock::end() const { return std::max(last_ + interval_, std::min(last_ + step_, slots_end_)); }

}  // namespace tvts

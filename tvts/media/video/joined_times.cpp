#include "tvts/media/video/joined_times.h"

extern "C" {
#include <libavutil/mathematics.h>
}

namespace tvts {
namespace {

constexpr double kBackSeconds = 0.1, kGapSeconds = 10;

int64_t ticks(double seconds, const AVStream& stream) {
  return av_rescale_q(static_cast<int64_t>(seconds * AV_TIME_BASE), AVRational{1, AV_TIME_BASE}, stream.time_base);
}

int64_t frame_ticks(const AVStream& stream) {
  for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate}) {
    if (rate.num > 0 && rate.den > 0) return av_rescale_q(1, av_inv_q(rate), stream.time_base);
  }
  return ticks(1.0 / 25, stream);
}

}  // namespace

JoinedTimes::JoinedTimes(const AVFormatContext& context, const AVStream& stream)
    : back_(ticks(kGapSeconds, stream)), gap_(INT64_MAX), default_duration_(frame_ticks(stream)) {
  if ((context.iformat->flags & AVFMT_TS_DISCONT) == 0) return;
  back_ = ticks(kBackSeconds, stream);
  gap_ = ticks(kGapSeconds, stream);
}

bool JoinedTimes::begins_anew(int64_t dts) const {
  return last_ != AV_NOPTS_VALUE && (dts < av_sat_sub64(last_, back_) || dts > av_sat_add64(next_, gap_));
}

void JoinedTimes::place(AVPacket& packet) {
  if (packet.dts != AV_NOPTS_VALUE) {
    if (begins_anew(av_sat_add64(packet.dts, offset_))) offset_ = av_sat_sub64(next_, packet.dts);
    packet.dts = av_sat_add64(packet.dts, offset_);
    last_ = packet.dts;
    next_ = av_sat_add64(last_, packet.duration > 0 ? packet.duration : default_duration_);
  }
  if (packet.pts != AV_NOPTS_VALUE) packet.pts = av_sat_add64(packet.pts, offset_);
}

}  // namespace tvts

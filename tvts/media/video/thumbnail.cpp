#include "tvts/media/video/thumbnail.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cmath>

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/decoder.h"
#include "tvts/media/video/demuxer.h"
#include "tvts/media/video/frame_clock.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/picture_limit.h"
#include "tvts/media/video/picture_shape.h"
#include "tvts/media/video/resize.h"
#include "tvts/media/video/rgb.h"

namespace tvts {
namespace {

int64_t ticks_of(Demuxer& demuxer, double seconds) {
  const AVFormatContext& context = *demuxer.context();
  const double limited = std::clamp(seconds, 0.0, 1e9);
  const int64_t start = context.start_time != AV_NOPTS_VALUE ? context.start_time : 0;
  const int64_t microseconds = av_sat_add64(start, static_cast<int64_t>(limited * AV_TIME_BASE));
  return av_rescale_q(microseconds, AVRational{1, AV_TIME_BASE}, demuxer.stream()->time_base);
}

// FFmpeg seeks by the times in the file, which repeat where streams were joined: there, packets are passed over up to
// the last key picture before the time.
void pass_over(Demuxer& demuxer, const MediaBytes& media, const Budget& budget, int64_t ticks) {
  Demuxer ahead(media, budget);
  const PacketPtr packet = make_packet();
  int64_t key = 0;
  for (int64_t number = 0; ahead.read(*packet); ++number) {
    const int64_t pts = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
    if (pts != AV_NOPTS_VALUE && pts > ticks && (packet->flags & AV_PKT_FLAG_KEY)) break;
    if (packet->flags & AV_PKT_FLAG_KEY) key = number;
  }
  for (int64_t number = 0; number < key; ++number) demuxer.read(*packet);
}

void seek(Demuxer& demuxer, const MediaBytes& media, const Budget& budget, double seconds) {
  const int64_t ticks = ticks_of(demuxer, seconds);
  if (demuxer.context()->iformat->flags & AVFMT_TS_DISCONT) return pass_over(demuxer, media, budget, ticks);
  // Where seeking fails, decoding goes on from the start: slower, the same picture.
  av_seek_frame(demuxer.context(), demuxer.stream()->index, ticks, AVSEEK_FLAG_BACKWARD);
}

// The last frame that is shown at or before `seconds`, else the first there is; null: none.
FramePtr frame_at(Demuxer& demuxer, const std::string& path, const Budget& budget, double seconds) {
  Decoder decoder(*demuxer.context(), *demuxer.stream(), path, budget);
  FrameClock clock(*demuxer.context(), *demuxer.stream());
  FramePtr shown;
  const auto take = [&](const AVFrame& frame) {
    const double time = clock.next(frame.best_effort_timestamp, frame.pkt_duration);
    if (shown == nullptr || time <= seconds) shown.reset(av_made(av_frame_clone(&frame)));
    return time <= seconds && !budget.should_stop();
  };
  const PacketPtr packet = make_packet();
  while (demuxer.read(*packet)) {
    if (!decoder.decode(packet.get(), take)) return shown;
  }
  decoder.decode(nullptr, take);
  return shown;
}

RgbImage resized(const RgbView& image, AVRational aspect, int max_side) {
  const double shown_width = std::max(1.0, image.width * av_q2d(aspect));
  const double scale = std::min(1.0, max_side / std::max(shown_width, static_cast<double>(image.height)));
  const auto side = [&](double length) { return std::max<int64_t>(1, std::llround(length * scale)); };
  const int64_t width = side(shown_width), height = side(image.height);
  const Resizer resizer(ResizeFilter::kBilinear, {image.width, width, 0, width}, {image.height, height, 0, height});
  return {static_cast<int>(width), static_cast<int>(height), resizer(image)};
}

}  // namespace

std::vector<std::byte> thumbnail_jpeg(const MediaBytes& media, double seconds, int max_side,
                                      std::size_t memory_budget_bytes) {
  if (max_side < 1 || max_side > 8192) fail_usage("thumbnail: side ", max_side, ", expected 1 to 8192 pixels");
  const AvMessages messages;
  const Budget budget(ClipOptions().time_budget_seconds, memory_budget_bytes, {});
  Demuxer demuxer(media, budget);
  seek(demuxer, media, budget, seconds);
  FramePtr frame = frame_at(demuxer, media.path, budget, seconds);
  if (frame == nullptr) {
    Demuxer again(media, budget);
    frame = frame_at(again, media.path, budget, seconds);
  }
  if (frame == nullptr) fail_no_frame(media.path, "", messages, budget);
  const PictureShape shape = picture_shape(*demuxer.context(), *demuxer.stream(), frame.get());
  const RgbImage upright = oriented(RgbConverter(shape.width, shape.height).convert(*frame), shape.orientation);
  const AVRational aspect = shape.orientation.transpose ? av_inv_q(shape.sample_aspect) : shape.sample_aspect;
  const RgbImage small = resized(upright, aspect, max_side);
  return encode_jpeg(small.pixels, small.width, small.height);
}

}  // namespace tvts

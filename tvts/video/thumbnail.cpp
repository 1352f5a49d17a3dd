#include "tvts/video/thumbnail.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cmath>

#include "tvts/video/av_messages.h"
#include "tvts/video/decoder.h"
#include "tvts/video/demuxer.h"
#include "tvts/video/frame_clock.h"
#include "tvts/video/image_codec.h"
#include "tvts/video/picture_shape.h"
#include "tvts/video/resize.h"
#include "tvts/video/rgb.h"

namespace tvts {
namespace {

void seek(Demuxer& demuxer, double seconds) {
  const AVFormatContext& context = *demuxer.context();
  const AVRational time_base = demuxer.stream()->time_base;
  const double limited = std::clamp(seconds, 0.0, 1e9);
  const int64_t start = context.start_time != AV_NOPTS_VALUE ? context.start_time : 0;
  const int64_t microseconds = av_sat_add64(start, static_cast<int64_t>(limited * AV_TIME_BASE));
  const int64_t ticks = av_rescale_q(microseconds, AVRational{1, AV_TIME_BASE}, time_base);
  // Where seeking fails, decoding goes on from the start: slower, the same picture.
  av_seek_frame(demuxer.context(), demuxer.stream()->index, ticks, AVSEEK_FLAG_BACKWARD);
}

// The last frame that is shown at or before `seconds`, else the first there is; null: none.
FramePtr frame_at(Demuxer& demuxer, const std::string& path, const Budget& budget, double seconds) {
  Decoder decoder(*demuxer.stream(), path, budget);
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

std::vector<std::byte> thumbnail_jpeg(const MediaBytes& media, double seconds, int max_side) {
  if (max_side < 1 || max_side > 8192) fail_usage("thumbnail: side ", max_side, ", expected 1 to 8192 pixels");
  const AvMessages messages;
  const ClipOptions defaults;
  const Budget budget(defaults.time_budget_seconds, defaults.memory_budget_bytes, {});
  Demuxer demuxer(media, budget);
  seek(demuxer, seconds);
  FramePtr frame = frame_at(demuxer, media.path, budget, seconds);
  if (frame == nullptr) {
    Demuxer again(media, budget);
    frame = frame_at(again, media.path, budget, seconds);
  }
  if (frame == nullptr) fail_input("video ", media.path, ": not one frame can be decoded for a picture of it");
  const PictureShape shape = picture_shape(*demuxer.context(), *demuxer.stream(), frame.get());
  const RgbImage upright = oriented(RgbConverter(shape.width, shape.height).convert(*frame), shape.orientation);
  const AVRational aspect = shape.orientation.transpose ? av_inv_q(shape.sample_aspect) : shape.sample_aspect;
  const RgbImage small = resized(upright, aspect, max_side);
  return encode_jpeg(small.pixels, small.width, small.height);
}

}  // namespace tvts

#include "tvts/media/video/decoder.h"

#include "tvts/media/video/demuxer.h"
#include "tvts/media/video/picture_limit.h"

namespace tvts {
namespace {

// Bounds the calls of a decoder that fails again and again while it is emptied.
constexpr int kMostErrorsAtEnd = 1024;

}  // namespace

Decoder::Decoder(const AVFormatContext& container, const AVStream& stream, const std::string& path,
                 const Budget& budget) {
  const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
  const char* name = avcodec_get_name(stream.codecpar->codec_id);
  if (codec == nullptr) fail_input("video ", path, ": this FFmpeg has no decoder for ", name);
  context_.reset(av_made(avcodec_alloc_context3(codec)));
  int code = avcodec_parameters_to_context(context_.get(), stream.codecpar);
  context_->pkt_timebase = stream.time_base;
  context_->framerate = stream.avg_frame_rate;
  context_->thread_count = 1;
  const PictureLimit limit = picture_limit(*stream.codecpar, is_still_image(*container.iformat), budget);
  context_->max_pixels = limit.max_pixels;
  context_->lowres = limit.halvings;
  if (code >= 0) code = avcodec_open2(context_.get(), codec, nullptr);
  if (code >= 0) return;
  if (AvMessages::current() != nullptr) fail_if_refused(path, *AvMessages::current(), budget);
  fail_input("video ", path, ": the ", name, " decoder does not start: ", av_error_text(code));
}

bool Decoder::decode(const AVPacket* packet, const OnFrame& on_frame, Picture picture) {
  if (packet != nullptr && packet->size == 0) return true;  // an empty packet would read as the end
  context_->skip_frame = picture == Picture::kWanted ? AVDISCARD_DEFAULT : AVDISCARD_NONREF;
  if (avcodec_send_packet(context_.get(), packet) < 0 && packet != nullptr) return true;
  return drain(on_frame, packet == nullptr);
}

bool Decoder::drain(const OnFrame& on_frame, bool at_end) {
  for (int errors = 0; errors < kMostErrorsAtEnd;) {
    const int code = avcodec_receive_frame(context_.get(), frame_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return true;
    if (code >= 0) {
      if (!on_frame(*frame_)) return false;
    } else if (at_end) {
      ++errors;
    } else {
      return true;
    }
  }
  return true;
}

}  // namespace tvts

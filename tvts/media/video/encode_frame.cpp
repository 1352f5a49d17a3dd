#include "tvts/media/video/encode_frame.h"

extern "C" {
#include <libswscale/swscale.h>
}

#include "tvts/core/error.h"

namespace tvts {

FramePtr frame_from_rgb(std::span<const std::uint8_t> rgb, int width, int height, AVPixelFormat format) {
  TVTS_ASSERT(rgb.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  FramePtr frame = make_frame();
  frame->width = width, frame->height = height, frame->format = format;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  constexpr int kFlags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT;
  SwsContext* scaler =
      sws_getContext(width, height, AV_PIX_FMT_RGB24, width, height, format, kFlags, nullptr, nullptr, nullptr);
  if (scaler == nullptr) fail(ErrorKind::kFailed, "picture of ", width, "x", height, ": cannot be converted from RGB");
  const std::uint8_t* const planes[4] = {rgb.data()};
  const int strides[4] = {3 * width};
  sws_scale(scaler, planes, strides, 0, height, frame->data, frame->linesize);
  sws_freeContext(scaler);
  return frame;
}

void encode_frame(AVCodecContext& encoder, const AVFrame* frame, const std::function<void(AVPacket&)>& on_packet) {
  int code = avcodec_send_frame(&encoder, frame);
  const PacketPtr packet = make_packet();
  while (code >= 0) {
    code = avcodec_receive_packet(&encoder, packet.get());
    if (code >= 0) on_packet(*packet);
    av_packet_unref(packet.get());
  }
  if (code != AVERROR(EAGAIN) && code != AVERROR_EOF) {
    fail(ErrorKind::kFailed, encoder.codec->name, " encoder: ", av_error_text(code));
  }
}

}  // namespace tvts

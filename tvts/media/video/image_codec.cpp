#include "tvts/media/video/image_codec.h"

#include "tvts/core/error.h"
#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/encode_frame.h"

namespace tvts {
namespace {

CodecContextPtr open_encoder(AVCodecID id, AVPixelFormat format, int width, int height, int quantiser) {
  const AVCodec* codec = avcodec_find_encoder(id);
  if (codec == nullptr) fail(ErrorKind::kFailed, "this FFmpeg cannot write ", avcodec_get_name(id), " pictures");
  CodecContextPtr encoder(av_made(avcodec_alloc_context3(codec)));
  encoder->width = width, encoder->height = height;
  encoder->pix_fmt = format;
  encoder->time_base = {1, 1};
  encoder->thread_count = 1;
  encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE;
  encoder->global_quality = FF_QP2LAMBDA * quantiser;
  const int code = avcodec_open2(encoder.get(), codec, nullptr);
  if (code < 0) {
    fail_usage("picture of ", width, "x", height, ": cannot be written as ", codec->name, ": ", av_error_text(code));
  }
  return encoder;
}

std::vector<std::byte> encode(AVCodecID id, AVPixelFormat format, std::span<const std::uint8_t> rgb, int width,
                              int height, int quantiser) {
  const AvMessages quiet;
  const CodecContextPtr encoder = open_encoder(id, format, width, height, quantiser);
  const FramePtr frame = frame_from_rgb(rgb, width, height, format);
  frame->quality = encoder->global_quality;
  std::vector<std::byte> bytes;
  const auto append = [&](AVPacket& packet) {
    const auto* data = reinterpret_cast<const std::byte*>(packet.data);
    bytes.insert(bytes.end(), data, data + packet.size);
  };
  encode_frame(*encoder, frame.get(), append);
  encode_frame(*encoder, nullptr, append);
  return bytes;
}

}  // namespace

std::vector<std::byte> encode_png(std::span<const std::uint8_t> rgb, int width, int height) {
  return encode(AV_CODEC_ID_PNG, AV_PIX_FMT_RGB24, rgb, width, height, 1);
}

std::vector<std::byte> encode_jpeg(std::span<const std::uint8_t> rgb, int width, int height, int quality) {
  return encode(AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P, rgb, width, height, quality);
}

}  // namespace tvts

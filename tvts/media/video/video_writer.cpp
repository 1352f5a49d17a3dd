#include "tvts/media/video/video_writer.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <string_view>

#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"
#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/encode_frame.h"

namespace tvts {
namespace {

void check(int code, const std::string& path, const char* what) {
  if (code < 0) fail(ErrorKind::kFailed, "video ", path, ": ", what, ": ", av_error_text(code));
}

bool is_gif(const std::string& path) { return path.ends_with(".gif"); }

const AVCodec* find_encoder(const std::string& path) {
  if (is_gif(path)) {
    const AVCodec* gif = avcodec_find_encoder(AV_CODEC_ID_GIF);
    if (gif == nullptr) fail(ErrorKind::kFailed, "video ", path, ": this FFmpeg cannot write GIF");
    return gif;
  }
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (codec == nullptr) codec = avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  if (codec == nullptr) fail(ErrorKind::kFailed, "video ", path, ": this FFmpeg has neither libx264 nor mpeg4");
  return codec;
}

const AVOutputFormat& container_of(const std::string& path) {
  const char* name = path.ends_with(".avi") ? "avi" : is_gif(path) ? "gif" : "mp4";
  const AVOutputFormat* format = av_guess_format(name, nullptr, nullptr);
  if (format == nullptr) fail(ErrorKind::kFailed, "video ", path, ": this FFmpeg cannot write ", name);
  return *format;
}

CodecContextPtr open_encoder(const std::string& path, const VideoWriterOptions& options) {
  const AVCodec* codec = find_encoder(path);
  CodecContextPtr encoder(av_made(avcodec_alloc_context3(codec)));
  encoder->width = options.width, encoder->height = options.height;
  encoder->pix_fmt = is_gif(path) ? AV_PIX_FMT_RGB8 : AV_PIX_FMT_YUV420P;
  encoder->time_base = {1, options.frames_per_second};
  encoder->framerate = {options.frames_per_second, 1};
  encoder->thread_count = 1;  // the same bytes on every machine
  encoder->flags |= AV_CODEC_FLAG_BITEXACT;
  if (container_of(path).flags & AVFMT_GLOBALHEADER) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (options.independent_frames) encoder->gop_size = 1;
  if (std::string_view(codec->name) == "libx264") {
    av_opt_set_int(encoder->priv_data, options.independent_frames ? "qp" : "crf", options.quality, 0);
  } else {
    encoder->flags |= AV_CODEC_FLAG_QSCALE;
    encoder->global_quality = FF_QP2LAMBDA * (1 + options.quality * 30 / 51);
  }
  check(avcodec_open2(encoder.get(), codec, nullptr), path, "the encoder does not start");
  return encoder;
}

void check_options(const std::string& path, const VideoWriterOptions& options) {
  const auto even = [](int size) { return size >= 16 && size <= 8192 && size % 2 == 0; };
  if (!even(options.width) || !even(options.height)) {
    fail_usage("video ", path, ": size ", options.width, "x", options.height, ", expected even sides of 16 to 8192");
  }
  if (options.frames_per_second < 1 || options.frames_per_second > 1000) {
    fail_usage("video ", path, ": ", options.frames_per_second, " frames a second, expected 1 to 1000");
  }
  if (options.quality < 0 || options.quality > 51) {
    fail_usage("video ", path, ": quality ", options.quality, ", expected 0 to 51");
  }
}

struct FreeMuxer {
  void operator()(AVFormatContext* muxer) const { avformat_free_context(muxer); }
};

struct DynamicBuffer {
  AVIOContext* context = nullptr;
  ~DynamicBuffer() {
    std::uint8_t* bytes = nullptr;
    if (context != nullptr) avio_close_dyn_buf(context, &bytes);
    av_free(bytes);
  }
};

}  // namespace

// The file is muxed in memory and written whole: what is made here is short.
struct VideoWriter::State {
  std::string path;
  VideoWriterOptions options;
  AvMessages quiet;
  CodecContextPtr encoder;
  DynamicBuffer buffer;  // outlives the muxer that writes to it
  std::unique_ptr<AVFormatContext, FreeMuxer> muxer;
  int64_t frames = 0;

  void mux(const AVFrame* frame) {
    encode_frame(*encoder, frame, [&](AVPacket& packet) {
      packet.duration = 1;
      av_packet_rescale_ts(&packet, encoder->time_base, muxer->streams[0]->time_base);
      check(av_write_frame(muxer.get(), &packet), path, "a frame cannot be written");
    });
  }
};

VideoWriter::VideoWriter(const std::string& path, const VideoWriterOptions& options) {
  check_options(path, options);
  state_ = std::make_unique<State>();
  State& state = *state_;
  state.path = path, state.options = options;
  state.encoder = open_encoder(path, options);
  AVFormatContext* muxer = nullptr;
  check(avformat_alloc_output_context2(&muxer, &container_of(path), nullptr, nullptr), path, "no memory");
  state.muxer.reset(muxer);
  check(avio_open_dyn_buf(&state.buffer.context), path, "no memory");
  muxer->pb = state.buffer.context;
  muxer->flags |= AVFMT_FLAG_BITEXACT;
  AVStream* stream = av_made(avformat_new_stream(muxer, nullptr));
  stream->time_base = state.encoder->time_base;
  stream->avg_frame_rate = state.encoder->framerate;
  check(avcodec_parameters_from_context(stream->codecpar, state.encoder.get()), path, "stream");
  check(avformat_write_header(muxer, nullptr), path, "the header cannot be written");
}

VideoWriter::~VideoWriter() = default;

void VideoWriter::write(std::span<const std::uint8_t> rgb) {
  const FramePtr frame = frame_from_rgb(rgb, state_->options.width, state_->options.height, state_->encoder->pix_fmt);
  frame->pts = state_->frames++;
  state_->mux(frame.get());
}

void VideoWriter::finish() {
  State& state = *state_;
  state.mux(nullptr);
  check(av_write_trailer(state.muxer.get()), state.path, "the end cannot be written");
  // Not avio_close_dyn_buf: it writes zeros where the muxer last wrote, which in an .avi is in its header.
  std::uint8_t* bytes = nullptr;
  const int size = avio_get_dyn_buf(state.buffer.context, &bytes);
  write_whole_file(state.path, {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

}  // namespace tvts

// Owners of FFmpeg's objects. Included by sources of this folder only.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
}

#include <memory>
#include <new>
#include <string>

namespace tvts {

template <auto free_function>
struct AvFree {
  template <class Object>
  void operator()(Object* object) const {
    free_function(&object);
  }
};

using FormatContextPtr = std::unique_ptr<AVFormatContext, AvFree<avformat_close_input>>;
using CodecContextPtr = std::unique_ptr<AVCodecContext, AvFree<avcodec_free_context>>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, AvFree<avfilter_graph_free>>;
using PacketPtr = std::unique_ptr<AVPacket, AvFree<av_packet_free>>;
using FramePtr = std::unique_ptr<AVFrame, AvFree<av_frame_free>>;

// FFmpeg answers "no memory" with a null pointer.
template <class Object>
Object* av_made(Object* object) {
  if (object == nullptr) throw std::bad_alloc();
  return object;
}

inline PacketPtr make_packet() { return PacketPtr(av_made(av_packet_alloc())); }
inline FramePtr make_frame() { return FramePtr(av_made(av_frame_alloc())); }

// "Invalid data found when processing input"
inline std::string av_error_text(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

}  // namespace tvts

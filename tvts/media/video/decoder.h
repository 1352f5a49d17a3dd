// Decodes packets to frames as the ffmpeg program does: packets that cannot be decoded are skipped.
#pragma once

#include <functional>

#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/budget.h"

namespace tvts {

class Decoder {
 public:
  // One thread. Pictures beyond the memory budget come out smaller where the codec can, and are else refused by their
  // size, before they are allocated.
  // Throws Error(kInput) when there is no decoder for the stream.
  Decoder(const AVFormatContext& container, const AVStream& stream, const std::string& path, const Budget& budget);

  using OnFrame = std::function<bool(const AVFrame&)>;
  enum class Picture { kWanted, kPassedOver };

  // Hands out the frames that are complete after this packet (null: the end), in presentation order. A picture to be
  // passed over is not decoded where no other needs it. False once on_frame has returned false.
  bool decode(const AVPacket* packet, const OnFrame& on_frame, Picture picture = Picture::kWanted);

  // Forgets what it holds: the next packet begins anew.
  void flush() { avcodec_flush_buffers(context_.get()); }

 private:
  bool drain(const OnFrame& on_frame, bool at_end);

  CodecContextPtr context_;
  FramePtr frame_ = make_frame();
};

}  // namespace tvts

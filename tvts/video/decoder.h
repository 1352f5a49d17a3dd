// From packets to frames, as the ffmpeg program decodes: what cannot be decoded is passed over.
#pragma once

#include <functional>

#include "tvts/video/av_ptr.h"
#include "tvts/video/budget.h"

namespace tvts {

class Decoder {
 public:
  // One thread. Pictures beyond the memory budget are refused by their size, before they are allocated.
  // Throws Error(kInput) when there is no decoder for the stream.
  Decoder(const AVStream& stream, const std::string& path, const Budget& budget);

  using OnFrame = std::function<bool(const AVFrame&)>;
  // Hands out the frames that are complete after this packet (null: the end), in presentation order.
  // False once on_frame has returned false.
  bool decode(const AVPacket* packet, const OnFrame& on_frame);

 private:
  bool drain(const OnFrame& on_frame, bool at_end);

  CodecContextPtr context_;
  FramePtr frame_ = make_frame();
};

}  // namespace tvts

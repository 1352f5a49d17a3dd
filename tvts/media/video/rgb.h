// Converts a decoded frame to RGB: byte for byte what the ffmpeg program writes with `-noautorotate -fps_mode
// passthrough -pix_fmt rgb24`. So interlaced frames stay as they are, alpha is dropped, and frames of another size than
// the first are scaled to it.
#pragma once

#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/rgb_image.h"

namespace tvts {

class RgbConverter {
 public:
  // width, height: of the stream's first frame.
  RgbConverter(int width, int height) : width_(width), height_(height) {}

  // The pixels stay until the next call. Throws Error(kFailed) when FFmpeg cannot convert the frame.
  RgbView convert(const AVFrame& frame);

 private:
  void build(const AVFrame& frame);

  int width_, height_;
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
  FramePtr converted_ = make_frame();
  int graph_width_ = 0, graph_height_ = 0, graph_format_ = -1;  // what graph_ was built for
};

}  // namespace tvts

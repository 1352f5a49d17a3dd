// The display shape and the orientation of a stream's stored pictures.
#pragma once

#include <string>
#include <vector>

#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/orientation.h"

namespace tvts {

struct PictureShape {
  int width = 0, height = 0;  // as stored
  Orientation orientation;
  AVRational sample_aspect{1, 1};     // width : height of one stored pixel
  double rotation_degrees = 0;        // clockwise, as the display matrix says
  std::vector<std::string> warnings;  // what the file states and is not done
};

// The shape by the stream's facts, and the first frame's where it has its own. Without a frame: what the header says.
PictureShape picture_shape(AVFormatContext& context, AVStream& stream, const AVFrame* first_frame);

}  // namespace tvts

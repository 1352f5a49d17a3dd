// From decoded frames to the preprocessed pixels of a clip.
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/video/clip.h"
#include "tvts/video/picture_shape.h"
#include "tvts/video/resize.h"
#include "tvts/video/rgb.h"

namespace tvts {

class FramePreparer {
 public:
  FramePreparer(const PictureShape& shape, const ClipOptions& options);

  // Colour conversion, rotation, resize and crop: [R, R, 3].
  std::vector<std::uint8_t> prepare(const AVFrame& frame);

 private:
  Orientation orientation_;
  RgbConverter converter_;
  Resizer resizer_;
};

}  // namespace tvts

// Converts decoded frames to the preprocessed pixels of a clip.
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/media/video/clip.h"
#include "tvts/media/video/geometry.h"
#include "tvts/media/video/picture_shape.h"
#include "tvts/media/video/resize.h"
#include "tvts/media/video/rgb.h"

namespace tvts {

enum class FrameCrop { kCentre, kNone };

class FramePreparer {
 public:
  FramePreparer(const PictureShape& shape, const ClipOptions& options, FrameCrop crop = FrameCrop::kCentre);

  // Colour conversion, rotation, resize and crop: [height, width, 3], with a crop [R, R, 3].
  std::vector<std::uint8_t> prepare(const AVFrame& frame);
  int64_t width() const { return geometry_.x.crop_size; }
  int64_t height() const { return geometry_.y.crop_size; }

 private:
  FrameGeometry geometry_;
  Orientation orientation_;
  RgbConverter converter_;
  Resizer resizer_;
};

}  // namespace tvts

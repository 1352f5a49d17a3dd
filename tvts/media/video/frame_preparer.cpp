#include "tvts/media/video/frame_preparer.h"

#include <utility>

namespace tvts {
namespace {

FrameGeometry upright_geometry(const PictureShape& shape, const ClipOptions& options, FrameCrop crop) {
  int width = shape.width, height = shape.height;
  AVRational aspect = options.display_aspect ? shape.sample_aspect : AVRational{1, 1};
  if (options.rotate && shape.orientation.transpose) {
    std::swap(width, height);
    std::swap(aspect.num, aspect.den);
  }
  FrameGeometry geometry =
      frame_geometry(options.preprocess, options.image_size, width, height, aspect.num, aspect.den);
  if (crop == FrameCrop::kNone) {
    for (ResizeAxis* axis : {&geometry.x, &geometry.y}) axis->crop_begin = 0, axis->crop_size = axis->target;
  }
  return geometry;
}

}  // namespace

FramePreparer::FramePreparer(const PictureShape& shape, const ClipOptions& options, FrameCrop crop)
    : geometry_(upright_geometry(shape, options, crop)),
      orientation_(options.rotate ? shape.orientation : Orientation{}),
      converter_(shape.width, shape.height),
      resizer_(geometry_.filter, geometry_.x, geometry_.y) {}

std::vector<std::uint8_t> FramePreparer::prepare(const AVFrame& frame) {
  const RgbView rgb = converter_.convert(frame);
  return orientation_.upright() ? resizer_(rgb) : resizer_(oriented(rgb, orientation_));
}

}  // namespace tvts

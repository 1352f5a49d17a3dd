#include "tvts/video/frame_preparer.h"

#include <utility>

#include "tvts/video/geometry.h"

namespace tvts {
namespace {

Resizer make_resizer(const PictureShape& shape, const ClipOptions& options) {
  int width = shape.width, height = shape.height;
  AVRational aspect = options.display_aspect ? shape.sample_aspect : AVRational{1, 1};
  if (options.rotate && shape.orientation.transpose) {
    std::swap(width, height);
    std::swap(aspect.num, aspect.den);
  }
  const FrameGeometry geometry =
      frame_geometry(options.preprocess, options.image_size, width, height, aspect.num, aspect.den);
  return {geometry.filter, geometry.x, geometry.y};
}

}  // namespace

FramePreparer::FramePreparer(const PictureShape& shape, const ClipOptions& options)
    : orientation_(options.rotate ? shape.orientation : Orientation{}),
      converter_(shape.width, shape.height),
      resizer_(make_resizer(shape, options)) {}

std::vector<std::uint8_t> FramePreparer::prepare(const AVFrame& frame) {
  const RgbImage rgb = converter_.convert(frame);
  return orientation_.upright() ? resizer_(rgb) : resizer_(oriented(rgb, orientation_));
}

}  // namespace tvts

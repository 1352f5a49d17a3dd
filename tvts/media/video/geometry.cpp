#include "tvts/media/video/geometry.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// floor(268 R / 224 + 1/2): the published 268 for 224, in proportion at other sizes.
int64_t eval_short_side(int64_t image_size) { return (268 * image_size + 112) / 224; }

// round(slack / 2) with halves to the even number, as Python rounds.
int64_t centre_crop_begin(int64_t target, int64_t crop) {
  const int64_t slack = target - crop;
  return slack / 2 + (slack % 2 == 1 && slack / 2 % 2 == 1 ? 1 : 0);
}

}  // namespace

FrameGeometry frame_geometry(Preprocess preprocess, int64_t image_size, int64_t width, int64_t height,
                             int64_t aspect_num, int64_t aspect_den) {
  TVTS_ASSERT(image_size > 0 && width > 0 && height > 0 && aspect_num > 0 && aspect_den > 0);
  if (preprocess == Preprocess::kTvtsv2Extract) {
    return {ResizeFilter::kBilinear, {width, image_size, 0, image_size}, {height, image_size, 0, image_size}};
  }
  const int64_t shown_width = std::max<int64_t>(1, (2 * width * aspect_num + aspect_den) / (2 * aspect_den));
  const bool eval = preprocess == Preprocess::kTvtsv2Eval;
  const int64_t short_side = eval ? eval_short_side(image_size) : image_size;
  const int64_t shown_short = std::min(shown_width, height);
  const auto axis = [&](int64_t source, int64_t shown) {
    const int64_t target = short_side * shown / shown_short;  // the short side itself, or the long one rounded down
    return ResizeAxis{source, target, centre_crop_begin(target, image_size), image_size};
  };
  return {eval ? ResizeFilter::kNearest : ResizeFilter::kBicubic, axis(width, shown_width), axis(height, height)};
}

}  // namespace tvts

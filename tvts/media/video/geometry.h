// The geometry of each preprocessing: the size that a frame is resized to, and the crop in it.
#pragma once

#include <cstdint>

#include "tvts/config/preprocess.h"
#include "tvts/media/video/resize.h"

namespace tvts {

struct FrameGeometry {
  ResizeFilter filter;
  ResizeAxis x, y;
};

// For a frame stored as width x height pixels of the shape aspect_num : aspect_den. The sizes are computed from the
// picture as shown (width * aspect, rounded), the pixels are taken from the stored one in one step.
FrameGeometry frame_geometry(Preprocess preprocess, int64_t image_size, int64_t width, int64_t height,
                             int64_t aspect_num, int64_t aspect_den);

}  // namespace tvts

// Attention laid over the picture that it was computed from.
#pragma once

#include <cstdint>
#include <span>

#include "tvts/media/video/rgb_image.h"

namespace tvts {

// Values in [0, 1] of a frame's patches, row after row; NaN: the patch was masked.
struct HeatGrid {
  std::int64_t rows = 0, columns = 0;
  std::span<const float> values;
};

// The picture under the heat: the warmer, the more opaque; between the middles of patches the heat is interpolated.
// A masked patch is dark and crossed out.
RgbImage with_heat(const RgbImage& picture, const HeatGrid& heat);

// The picture with the edge of one patch drawn on it.
RgbImage with_patch_marked(const RgbImage& picture, std::int64_t rows, std::int64_t columns, std::int64_t row,
                           std::int64_t column);

// Dark violet over red to light yellow, its lightness growing evenly: of a value in [0, 1].
struct Rgb {
  double red = 0, green = 0, blue = 0;  // [0, 255]
};
Rgb heat_colour(double value);

}  // namespace tvts

// Pictures of one size side by side.
#pragma once

#include <vector>

#include "tvts/media/video/rgb_image.h"

namespace tvts {

// `columns` pictures a row with gaps of `gap` white pixels between them, the last row filled up with white. Sides are
// even, as video encoders require. Throws Error(kUsage) when a side would pass kLargestSide.
RgbImage sheet_of(const std::vector<RgbImage>& pictures, int columns, int gap = 4);

inline constexpr int kLargestSide = 16384;  // pixels

}  // namespace tvts

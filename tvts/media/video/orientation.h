// The rotation by a multiple of 90 degrees and the mirroring that make a stored picture upright.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "tvts/media/video/rgb_image.h"

namespace tvts {

// x and y are exchanged first, then the result is mirrored along x and y.
struct Orientation {
  bool transpose = false, mirror_x = false, mirror_y = false;

  bool upright() const { return !transpose && !mirror_x && !mirror_y; }
  bool operator==(const Orientation&) const = default;
};

// From a container's display matrix (3x3, row vectors: x' = m[0] x + m[3] y). Nothing when its angle is further than
// one degree from a multiple of 90.
std::optional<Orientation> orientation_of(const std::array<std::int32_t, 9>& display_matrix);

// The display matrix that means this orientation.
std::array<std::int32_t, 9> display_matrix_of(Orientation orientation);

RgbImage oriented(const RgbView& image, Orientation orientation);

}  // namespace tvts

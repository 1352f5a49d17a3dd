#include "lab/world/picture.h"

namespace tvts::world {
namespace {

// The position of a pixel, in 1/256 of the side, so that patterns are the same at every resolution.
struct PixelPosition {
  int x, y;
};

int speckle(int column, int row, int variant) {
  std::uint32_t bits = static_cast<std::uint32_t>(column * 73 + row * 179 + variant * 283) * 2654435761U;
  bits = (bits ^ (bits >> 15)) * 2246822519U;
  return static_cast<int>((bits >> 20) % 5);
}

// Two shades of grey, near enough to each other that what stands before them is seen.
int grey_of(const Background& background, PixelPosition position) {
  const int v = background.variant, shift = v / 4, shade = v % 4 * 4;
  switch (background.backdrop) {
    case Backdrop::kDark: return 34 + shade;
    case Backdrop::kLight: return 196 + shade;
    case Backdrop::kStripes: {
      const int along = v % 2 == 0 ? position.x : position.y;
      return (along + shift) / 16 % 2 == 0 ? 100 + shade : 148 + shade;
    }
    case Backdrop::kChecks:
      return ((position.x + shift) / 32 + (position.y + shift) / 32) % 2 == 0 ? 96 + shade : 140 + shade;
    case Backdrop::kGradient: {
      const int along = v % 2 == 0 ? position.x : position.y;
      return 45 + shade + (v / 2 % 2 == 0 ? along : 255 - along) * 150 / 256;
    }
    case Backdrop::kSpeckles: return speckle(position.x / 8, position.y / 8, v) == 0 ? 146 + shade : 104 + shade;
  }
  return 0;
}

}  // namespace

RgbImage draw_background(const Background& background, int side) {
  RgbImage image{side, side,
                 std::vector<std::uint8_t>(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3)};
  std::uint8_t* pixel = image.pixels.data();
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int grey = grey_of(background, {x * 256 / side, y * 256 / side});
      for (int channel = 0; channel < 3; ++channel) *pixel++ = static_cast<std::uint8_t>(grey);
    }
  }
  return image;
}

}  // namespace tvts::world

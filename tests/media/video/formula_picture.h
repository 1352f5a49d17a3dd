// A picture that any program can make again: byte(x, y, c) = (3x + 5y + 40c + 7 floor(xy / 16) + 9 ((x xor y) and 15)
// + 17k) mod 256.
#pragma once

#include "tvts/media/video/rgb_image.h"

namespace tvts::test {

inline RgbImage formula_picture(int width, int height, int k) {
  RgbImage image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const int64_t value = 3 * x + 5 * y + 40 * c + 7 * (int64_t{x} * y / 16) + 9 * ((x ^ y) & 15) + 17 * k;
        image.pixels.push_back(static_cast<std::uint8_t>(value % 256));
      }
    }
  }
  return image;
}

}  // namespace tvts::test

// An RGB picture in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tvts {

struct RgbImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // [height, width, 3]

  const std::uint8_t* at(int64_t x, int64_t y) const { return pixels.data() + 3 * (y * width + x); }
};

}  // namespace tvts

// An RGB picture in memory, and a view of one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tvts {

// A view of pixels that others own, three bytes each, rows `stride` bytes apart.
struct RgbView {
  int width = 0, height = 0;
  const std::uint8_t* pixels = nullptr;
  int64_t stride = 0;

  const std::uint8_t* at(int64_t x, int64_t y) const { return pixels + y * stride + 3 * x; }
};

struct RgbImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // [height, width, 3]

  operator RgbView() const { return {width, height, pixels.data(), int64_t{3} * width}; }
  const std::uint8_t* at(int64_t x, int64_t y) const { return RgbView(*this).at(x, y); }
};

}  // namespace tvts

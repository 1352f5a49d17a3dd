#include "tvts/media/video/orientation.h"

#include <cmath>

#include "tvts/core/error.h"

namespace tvts {

std::optional<Orientation> orientation_of(const std::array<std::int32_t, 9>& m) {
  const double x_by_x = m[0], y_by_x = m[1], x_by_y = m[3], y_by_y = m[4];
  const double length = std::hypot(x_by_x, y_by_x);
  if (length == 0) return Orientation{};  // no picture could be shown: an unset matrix
  constexpr double kSineOfOneDegree = 0.0174524;
  if (std::abs(y_by_x) < kSineOfOneDegree * length) return Orientation{false, x_by_x < 0, y_by_y < 0};
  if (std::abs(x_by_x) < kSineOfOneDegree * length) return Orientation{true, x_by_y < 0, y_by_x < 0};
  return std::nullopt;
}

std::array<std::int32_t, 9> display_matrix_of(Orientation orientation) {
  constexpr std::int32_t kOne = 1 << 16;
  const std::int32_t x = orientation.mirror_x ? -kOne : kOne, y = orientation.mirror_y ? -kOne : kOne;
  if (orientation.transpose) return {0, y, 0, x, 0, 0, 0, 0, 1 << 30};
  return {x, 0, 0, 0, y, 0, 0, 0, 1 << 30};
}

RgbImage oriented(const RgbView& image, Orientation orientation) {
  RgbImage out{image.width, image.height, {}};
  out.pixels.resize(3 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  if (orientation.transpose) std::swap(out.width, out.height);
  std::uint8_t* target = out.pixels.data();
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x, target += 3) {
      const int from_x = orientation.mirror_x ? out.width - 1 - x : x;
      const int from_y = orientation.mirror_y ? out.height - 1 - y : y;
      const std::uint8_t* source = orientation.transpose ? image.at(from_y, from_x) : image.at(from_x, from_y);
      target[0] = source[0], target[1] = source[1], target[2] = source[2];
    }
  }
  return out;
}

}  // namespace tvts

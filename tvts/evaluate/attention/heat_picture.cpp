#include "tvts/evaluate/attention/heat_picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::array<Rgb, 6> kStops = {
    {{20, 10, 70}, {95, 20, 120}, {170, 40, 105}, {228, 90, 60}, {250, 160, 40}, {252, 246, 160}}};
constexpr double kLeastOpacity = 0.15, kMostOpacity = 0.75;

// The position of a pixel's middle among the middles of the patches along one axis.
struct Between {
  std::int64_t low = 0, high = 0;
  double share_of_high = 0;
};

Between between_patches(std::int64_t pixel, std::int64_t pixels, std::int64_t patches) {
  const double position =
      (static_cast<double>(pixel) + 0.5) * static_cast<double>(patches) / static_cast<double>(pixels) - 0.5;
  const double inside = std::clamp(position, 0.0, static_cast<double>(patches - 1));
  const auto low = static_cast<std::int64_t>(inside);
  return {.low = low, .high = std::min(low + 1, patches - 1), .share_of_high = inside - static_cast<double>(low)};
}

class HeatField {
 public:
  HeatField(const HeatGrid& grid, int width, int height) : grid_(grid), width_(width), height_(height) {
    TVTS_ASSERT(static_cast<std::int64_t>(grid.values.size()) == grid.rows * grid.columns && grid.rows > 0);
  }

  bool is_masked(int x, int y) const { return std::isnan(value(y * grid_.rows / height_, x * grid_.columns / width_)); }

  // Masked patches take no part.
  double at(int x, int y) const {
    const Between row = between_patches(y, height_, grid_.rows), column = between_patches(x, width_, grid_.columns);
    double sum = 0, weights = 0;
    const auto add = [&](std::int64_t r, std::int64_t c, double weight) {
      if (std::isnan(value(r, c))) return;
      sum += weight * value(r, c);
      weights += weight;
    };
    add(row.low, column.low, (1 - row.share_of_high) * (1 - column.share_of_high));
    add(row.low, column.high, (1 - row.share_of_high) * column.share_of_high);
    add(row.high, column.low, row.share_of_high * (1 - column.share_of_high));
    add(row.high, column.high, row.share_of_high * column.share_of_high);
    return weights > 0 ? sum / weights : 0;
  }

  // One of the two diagonals of the patch that holds the pixel runs through it.
  bool is_on_cross(int x, int y) const {
    const auto in_patch = [](int pixel, int pixels, std::int64_t patches) {
      const double position = (pixel + 0.5) * static_cast<double>(patches) / pixels;
      return position - std::floor(position);
    };
    const double across = in_patch(x, width_, grid_.columns), down = in_patch(y, height_, grid_.rows);
    const double half_pixel = 0.5 * static_cast<double>(grid_.columns) / width_;
    return std::min(std::abs(across - down), std::abs(across + down - 1)) <= half_pixel;
  }

 private:
  double value(std::int64_t row, std::int64_t column) const {
    return grid_.values[static_cast<std::size_t>(row * grid_.columns + column)];
  }

  const HeatGrid& grid_;
  const int width_, height_;
};

std::uint8_t mixed(std::uint8_t below, double above, double opacity) {
  return static_cast<std::uint8_t>(std::lround((1 - opacity) * below + opacity * above));
}

void mix(std::uint8_t* pixel, const Rgb& above, double opacity) {
  pixel[0] = mixed(pixel[0], above.red, opacity);
  pixel[1] = mixed(pixel[1], above.green, opacity);
  pixel[2] = mixed(pixel[2], above.blue, opacity);
}

std::uint8_t* pixel_of(RgbImage& image, std::int64_t x, std::int64_t y) {
  return image.pixels.data() + 3 * (y * image.width + x);
}

}  // namespace

Rgb heat_colour(double value) {
  const double position = std::clamp(value, 0.0, 1.0) * (kStops.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(position), kStops.size() - 2);
  const double share = position - static_cast<double>(low);
  const auto between = [&](double Rgb::*channel) {
    return (1 - share) * kStops[low].*channel + share * kStops[low + 1].*channel;
  };
  return {.red = between(&Rgb::red), .green = between(&Rgb::green), .blue = between(&Rgb::blue)};
}

RgbImage with_heat(const RgbImage& picture, const HeatGrid& heat) {
  RgbImage image = picture;
  const HeatField field(heat, image.width, image.height);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      std::uint8_t* pixel = pixel_of(image, x, y);
      if (field.is_masked(x, y)) {
        mix(pixel, field.is_on_cross(x, y) ? Rgb{120, 120, 120} : Rgb{}, 0.85);
      } else {
        const double value = field.at(x, y);
        mix(pixel, heat_colour(value), kLeastOpacity + (kMostOpacity - kLeastOpacity) * value);
      }
    }
  }
  return image;
}

RgbImage with_patch_marked(const RgbImage& picture, std::int64_t rows, std::int64_t columns, std::int64_t row,
                           std::int64_t column) {
  RgbImage image = picture;
  const std::int64_t left = column * image.width / columns, right = (column + 1) * image.width / columns;
  const std::int64_t top = row * image.height / rows, bottom = (row + 1) * image.height / rows;
  for (std::int64_t y = top; y < bottom; ++y) {
    for (std::int64_t x = left; x < right; ++x) {
      const std::int64_t depth = std::min(std::min(x - left, right - 1 - x), std::min(y - top, bottom - 1 - y));
      // A light edge in a dark one, so that it is seen on any picture.
      if (depth < 2) mix(pixel_of(image, x, y), depth == 0 ? Rgb{255, 255, 0} : Rgb{0, 0, 0}, 1);
    }
  }
  return image;
}

}  // namespace tvts

#include <algorithm>
#include <cstdlib>

#include "lab/world/fixed_point.h"
#include "lab/world/picture.h"

namespace tvts::world {
namespace {

// A point relative to the shape's centre, turned back by its angle, in 1/256 pixel like the radius.
struct Point {
  int64_t x, y;
};

bool is_in_triangle(Point p, int64_t r) {  // taller than wide, so that each way to turn it looks different
  const int64_t from_top = p.y + r;
  return 100 * p.y <= 85 * r && from_top >= 0 && 185 * std::abs(p.x) <= 82 * from_top;
}

bool is_in_cross(Point p, int64_t r) {  // its bar is above the middle, for the same reason
  const bool in_post = 100 * std::abs(p.x) <= 27 * r && std::abs(p.y) <= r;
  const bool in_bar = 100 * std::abs(p.x) <= 85 * r && 100 * p.y >= -60 * r && 100 * p.y <= -8 * r;
  return in_post || in_bar;
}

bool is_inside(Shape shape, Point p, int64_t r) {
  const int64_t squared = p.x * p.x + p.y * p.y;
  switch (shape) {
    case Shape::kDisc: return squared <= r * r;
    case Shape::kSquare: return 100 * std::max(std::abs(p.x), std::abs(p.y)) <= 84 * r;
    case Shape::kTriangle: return is_in_triangle(p, r);
    case Shape::kRing: return squared <= r * r && 100 * squared >= 34 * r * r;
    case Shape::kCross: return is_in_cross(p, r);
  }
  return false;
}

// Number of a pixel's four sample points that lie inside.
int coverage(const Sprite& sprite, int64_t centre_x, int64_t centre_y, int64_t radius, int x, int y) {
  const int64_t sin = sine(sprite.pose.angle), cos = cosine(sprite.pose.angle);
  int inside = 0;
  for (int sample = 0; sample < 4; ++sample) {
    const int64_t dx = 256 * x + (sample % 2 == 0 ? 64 : 192) - centre_x;
    const int64_t dy = 256 * y + (sample / 2 == 0 ? 64 : 192) - centre_y;
    inside += is_inside(sprite.shape, {(dx * cos + dy * sin) >> 14, (dy * cos - dx * sin) >> 14}, radius) ? 1 : 0;
  }
  return inside;
}

void blend(std::uint8_t* pixel, const Rgb& colour, int weight) {  // weight of 4 * kOpaque
  const int values[] = {colour.red, colour.green, colour.blue};
  for (int channel = 0; channel < 3; ++channel) {
    const int mixed = pixel[channel] * (4 * kOpaque - weight) + values[channel] * weight;
    pixel[channel] = static_cast<std::uint8_t>((mixed + 2 * kOpaque) / (4 * kOpaque));
  }
}

}  // namespace

void draw_sprite(const Sprite& sprite, RgbImage& image) {
  const auto to_pixels = [&](int length) { return static_cast<int64_t>(length) * image.width * 256 / kSide; };
  const int64_t x = to_pixels(sprite.pose.x), y = to_pixels(sprite.pose.y), radius = to_pixels(sprite.pose.radius);
  const int64_t reach = radius + radius / 4 + 256;  // the corners of a square are farther out than its radius
  const auto clamped = [&](int64_t position) {
    return static_cast<int>(std::clamp<int64_t>(position / 256, 0, image.width));
  };
  for (int row = clamped(y - reach); row < clamped(y + reach + 255); ++row) {
    for (int column = clamped(x - reach); column < clamped(x + reach + 255); ++column) {
      const int inside = coverage(sprite, x, y, radius, column, row);
      if (inside == 0) continue;
      blend(image.pixels.data() + 3 * (row * image.width + column), sprite.colour, inside * sprite.pose.opacity);
    }
  }
}

Rgb rgb_of(Colour colour) {
  constexpr Rgb kColours[] = {{215, 25, 30},  {250, 140, 10}, {250, 235, 30}, {20, 180, 50},
                              {40, 220, 230}, {35, 60, 220},  {240, 70, 200}};
  return kColours[static_cast<std::size_t>(colour)];
}

}  // namespace tvts::world

#include "tvts/media/video/resize.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr int kFractionBits = 22;

double triangle(double x) { return std::max(0.0, 1.0 - std::abs(x)); }

// Keys' cubic with a = -0.5.
double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

std::vector<ResizeTap> nearest_taps(const ResizeAxis& axis) {
  const double scale = static_cast<double>(axis.source) / static_cast<double>(axis.target);
  double position = scale * 0.5;
  for (int64_t i = 0; i < axis.crop_begin; ++i) position += scale;
  std::vector<ResizeTap> taps;
  for (int64_t i = 0; i < axis.crop_size; ++i, position += scale) {
    taps.push_back({std::min(static_cast<int64_t>(position), axis.source - 1), {}});
  }
  return taps;
}

std::int32_t fixed_point(double weight) {
  return static_cast<std::int32_t>(weight * (1 << kFractionBits) + (weight < 0 ? -0.5 : 0.5));
}

ResizeTap filter_tap(double center, double support, double shrink, int64_t source, double (*filter)(double)) {
  const int64_t begin = std::max<int64_t>(0, static_cast<int64_t>(center - support + 0.5));
  const int64_t end = std::min(source, static_cast<int64_t>(center + support + 0.5));
  const double inverse = 1.0 / shrink;
  std::vector<double> weights;
  double sum = 0;
  for (int64_t i = 0; i < end - begin; ++i) {
    weights.push_back(filter((static_cast<double>(i + begin) - center + 0.5) * inverse));
    sum += weights.back();
  }
  ResizeTap tap{begin, {}};
  for (const double weight : weights) tap.weights.push_back(fixed_point(sum != 0 ? weight / sum : weight));
  return tap;
}

std::vector<ResizeTap> filter_taps(const ResizeAxis& axis, double radius, double (*filter)(double)) {
  const double scale = static_cast<double>(axis.source) / static_cast<double>(axis.target);
  const double shrink = std::max(scale, 1.0);
  std::vector<ResizeTap> taps;
  for (int64_t i = axis.crop_begin; i < axis.crop_begin + axis.crop_size; ++i) {
    const double center = (static_cast<double>(i) + 0.5) * scale;
    taps.push_back(filter_tap(center, radius * shrink, shrink, axis.source, filter));
  }
  return taps;
}

std::vector<ResizeTap> axis_taps(ResizeFilter filter, const ResizeAxis& axis) {
  TVTS_ASSERT(axis.source > 0 && axis.target > 0 && axis.crop_begin >= 0 && axis.crop_size > 0);
  TVTS_ASSERT(axis.crop_begin <= axis.target - axis.crop_size);
  // An axis that keeps its size is copied, as any of the three filters would; so is each pixel of NEAREST.
  if (filter == ResizeFilter::kNearest || axis.source == axis.target) return nearest_taps(axis);
  return filter == ResizeFilter::kBilinear ? filter_taps(axis, 1, triangle) : filter_taps(axis, 2, cubic);
}

// The source pixels that the taps read: [begin, end).
struct Span {
  int64_t begin, end;
};

Span span_of(const std::vector<ResizeTap>& taps) {
  const ResizeTap& last = taps.back();
  return {taps.front().begin, last.begin + std::max<int64_t>(1, static_cast<int64_t>(last.weights.size()))};
}

// Three channels at `step` bytes from pixel to pixel.
void weigh(const ResizeTap& tap, const std::uint8_t* source, int64_t step, std::uint8_t* out) {
  std::int32_t sums[3] = {1 << (kFractionBits - 1), 1 << (kFractionBits - 1), 1 << (kFractionBits - 1)};
  for (const std::int32_t weight : tap.weights) {
    for (int c = 0; c < 3; ++c) sums[c] += weight * source[c];
    source += step;
  }
  for (int c = 0; c < 3; ++c) out[c] = static_cast<std::uint8_t>(std::clamp(sums[c] >> kFractionBits, 0, 255));
}

// Pixels in memory, rows `stride` bytes apart. Along the axis of the pass, the first is source pixel `first`.
struct Pixels {
  const std::uint8_t* data;
  int64_t stride, first;
};

std::vector<std::uint8_t> horizontal_pass(Pixels source, int64_t rows, const std::vector<ResizeTap>& taps) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(rows) * taps.size() * 3);
  std::uint8_t* target = out.data();
  for (int64_t row = 0; row < rows; ++row, source.data += source.stride) {
    for (const ResizeTap& tap : taps) {
      const std::uint8_t* pixel = source.data + 3 * (tap.begin - source.first);
      if (tap.weights.empty()) {
        for (int c = 0; c < 3; ++c) target[c] = pixel[c];
      } else {
        weigh(tap, pixel, 3, target);
      }
      target += 3;
    }
  }
  return out;
}

std::vector<std::uint8_t> vertical_pass(Pixels source, int64_t columns, const std::vector<ResizeTap>& taps) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(columns) * taps.size() * 3);
  std::uint8_t* target = out.data();
  for (const ResizeTap& tap : taps) {
    const std::uint8_t* row = source.data + (tap.begin - source.first) * source.stride;
    if (tap.weights.empty()) {
      target = std::copy_n(row, 3 * columns, target);
      continue;
    }
    for (int64_t x = 0; x < columns; ++x) weigh(tap, row + 3 * x, source.stride, std::exchange(target, target + 3));
  }
  return out;
}

}  // namespace

Resizer::Resizer(ResizeFilter filter, const ResizeAxis& x, const ResizeAxis& y)
    : x_(x), y_(y), x_taps_(axis_taps(filter, x)), y_taps_(axis_taps(filter, y)) {
  const int64_t shrunk_x = x.source - x.target, shrunk_y = y.source - y.target;
  vertical_first_ = filter == ResizeFilter::kNearest || (shrunk_y > 0 && shrunk_y > 2 * shrunk_x);
}

std::vector<std::uint8_t> Resizer::operator()(const RgbView& image) const {
  TVTS_ASSERT(image.width == x_.source && image.height == y_.source);
  // The second pass reads what the first has made, which begins where the second's first tap does.
  const Span columns = span_of(x_taps_), rows = span_of(y_taps_);
  const int64_t crop_stride = 3 * x_.crop_size;
  if (vertical_first_) {
    const int64_t width = columns.end - columns.begin;
    const std::vector<std::uint8_t> low = vertical_pass({image.at(columns.begin, 0), image.stride, 0}, width, y_taps_);
    return horizontal_pass({low.data(), 3 * width, columns.begin}, y_.crop_size, x_taps_);
  }
  const std::vector<std::uint8_t> narrow =
      horizontal_pass({image.at(0, rows.begin), image.stride, 0}, rows.end - rows.begin, x_taps_);
  return vertical_pass({narrow.data(), crop_stride, rows.begin}, x_.crop_size, y_taps_);
}

}  // namespace tvts

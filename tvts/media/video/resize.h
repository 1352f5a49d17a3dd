// Resize and crop in one step, byte for byte as Pillow 13 resizes 8-bit RGB.
//
// NEAREST takes one source pixel; its source coordinate grows by repeated addition in double precision, which at some
// sizes picks other pixels than (x + 0.5) * scale. Bilinear and bicubic widen their filter when they shrink
// (antialias), round to 8 bits after each pass, and use weights of 22 fractional bits. The horizontal pass comes first,
// but for a height that loses more than twice as many pixels as the width (older Pillows have no such exception).
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/media/video/rgb_image.h"

namespace tvts {

enum class ResizeFilter { kNearest, kBilinear, kBicubic };

// One axis: `source` pixels become `target` pixels, of which [crop_begin, crop_begin + crop_size) are wanted.
struct ResizeAxis {
  int64_t source = 0, target = 0, crop_begin = 0, crop_size = 0;
  bool operator==(const ResizeAxis&) const = default;
};

// The contribution of the axis to one output pixel: weights[k] * source[begin + k].
struct ResizeTap {
  int64_t begin = 0;
  std::vector<std::int32_t> weights;  // 22 fractional bits; empty: the source pixel itself
};

// Prepared once for a size, then used for every frame. Immutable, so threads may share it.
class Resizer {
 public:
  Resizer(ResizeFilter filter, const ResizeAxis& x, const ResizeAxis& y);

  // Returns [y.crop_size, x.crop_size, 3]. The image has the sizes given above.
  std::vector<std::uint8_t> operator()(const RgbView& image) const;

 private:
  ResizeAxis x_, y_;
  std::vector<ResizeTap> x_taps_, y_taps_;  // one per output pixel
  bool vertical_first_;
};

}  // namespace tvts

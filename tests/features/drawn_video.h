// Small videos and pictures that a test draws itself.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/video_writer.h"

namespace tvts::test {

constexpr int kDrawnWidth = 48, kDrawnHeight = 32;

// Stripes whose colour and step depend on `shape` and that move from frame to frame: [height, width, 3].
inline std::vector<std::uint8_t> drawn_frame(int shape, int frame) {
  std::vector<std::uint8_t> rgb(std::size_t{3} * kDrawnWidth * kDrawnHeight);
  for (std::size_t i = 0; i < rgb.size() / 3; ++i) {
    const int x = static_cast<int>(i) % kDrawnWidth, y = static_cast<int>(i) / kDrawnWidth;
    const bool inside = (x * (shape % 3 + 1) + y + frame * 3) / 8 % 2 == 0;
    rgb[3 * i] = static_cast<std::uint8_t>(inside ? 40 * (shape % 5) + 30 : 200);
    rgb[3 * i + 1] = static_cast<std::uint8_t>(inside ? 220 : 50 * (shape % 4));
    rgb[3 * i + 2] = static_cast<std::uint8_t>(4 * x);
  }
  return rgb;
}

// At 8 frames a second, so that times are exact. Returns the path.
inline std::string draw_video(const std::string& path, int shape, int frames) {
  VideoWriter writer(path, {.width = kDrawnWidth, .height = kDrawnHeight, .frames_per_second = 8});
  for (int frame = 0; frame < frames; ++frame) writer.write(drawn_frame(shape, frame));
  writer.finish();
  return path;
}

inline std::string draw_picture(const std::string& path, int shape) {
  const auto png = encode_png(drawn_frame(shape, 0), kDrawnWidth, kDrawnHeight);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
  return path;
}

}  // namespace tvts::test

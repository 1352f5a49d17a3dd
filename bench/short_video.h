// A video of a second to be read again and again.
#pragma once

#include <string>
#include <vector>

#include "tvts/media/video/video_writer.h"

namespace tvts {

inline std::string draw_short_video(const std::string& path) {
  constexpr int kSide = 64, kFrames = 24;
  VideoWriter writer(path, {.width = kSide, .height = kSide});
  for (int frame = 0; frame < kFrames; ++frame) {
    std::vector<std::uint8_t> rgb(std::size_t{3} * kSide * kSide);
    for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = static_cast<std::uint8_t>(i / 3 + 5 * frame);
    writer.write(rgb);
  }
  writer.finish();
  return path;
}

}  // namespace tvts

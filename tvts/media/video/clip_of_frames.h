// A clip of frames that are in memory already.
#pragma once

#include <cstdint>
#include <span>

#include "tvts/media/video/clip.h"

namespace tvts {

struct RgbFrames {
  std::span<const std::uint8_t> pixels;  // [count, height, width, 3]
  int64_t count = 0, height = 0, width = 0;
  std::span<const double> seconds;  // [count], not decreasing; empty: not known, all are 0
};

// Frames are chosen, resized and cropped as read_clips() does those of a file without windows.
// Throws Error(kUsage) when sizes contradict each other, or there is no frame.
Clip clip_of_frames(const RgbFrames& frames, const ClipOptions& options);

}  // namespace tvts

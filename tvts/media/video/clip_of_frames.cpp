#include "tvts/media/video/clip_of_frames.h"

#include <algorithm>
#include <iterator>

#include "tvts/core/error.h"
#include "tvts/media/video/geometry.h"
#include "tvts/media/video/sampling.h"

namespace tvts {
namespace {

constexpr int64_t kLongestSide = 1 << 15;  // pixels
constexpr int64_t kMostFrames = 1 << 24;

void check(const RgbFrames& frames) {
  const auto within = [](const char* name, int64_t value, int64_t most) {
    if (value < 1 || value > most) fail_usage(name, " of frames: found ", value, ", expected 1 to ", most);
  };
  within("count", frames.count, kMostFrames);
  within("height", frames.height, kLongestSide);
  within("width", frames.width, kLongestSide);
  const auto bytes =
      static_cast<std::size_t>(frames.count) * static_cast<std::size_t>(frames.height * frames.width * 3);
  if (frames.pixels.size() != bytes) {
    fail_usage("pixels of frames: found ", frames.pixels.size(), " bytes, expected ", bytes, " for ", frames.count,
               " x ", frames.height, " x ", frames.width, " x 3");
  }
  if (!frames.seconds.empty() && frames.seconds.size() != static_cast<std::size_t>(frames.count)) {
    fail_usage("seconds of frames: found ", frames.seconds.size(), ", expected one of each of the ", frames.count,
               " frames, or none");
  }
  if (!std::ranges::is_sorted(frames.seconds)) fail_usage("seconds of frames: expected them not to decrease");
}

}  // namespace

Clip clip_of_frames(const RgbFrames& frames, const ClipOptions& options) {
  check(frames);
  const FrameGeometry geometry =
      frame_geometry(options.preprocess, options.image_size, frames.width, frames.height, 1, 1);
  const Resizer resized(geometry.filter, geometry.x, geometry.y);
  Clip clip = {.image_size = options.image_size,
               .frame_indices = sample_frames(options.preprocess, frames.count, options.num_frames)};
  clip.frames = static_cast<int64_t>(clip.frame_indices.size());
  for (const int64_t index : clip.frame_indices) {
    const RgbView frame = {.width = static_cast<int>(frames.width),
                           .height = static_cast<int>(frames.height),
                           .pixels = frames.pixels.data() + index * frames.height * frames.width * 3,
                           .stride = 3 * frames.width};
    std::ranges::copy(resized(frame), std::back_inserter(clip.pixels));
    clip.frame_seconds.push_back(frames.seconds.empty() ? 0 : frames.seconds[static_cast<std::size_t>(index)]);
  }
  if (!frames.seconds.empty()) {
    clip.start_seconds = frames.seconds.front();
    clip.end_seconds = frames.seconds.back();
  }
  return clip;
}

}  // namespace tvts

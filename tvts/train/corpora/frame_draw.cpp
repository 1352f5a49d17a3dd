#include "tvts/train/corpora/frame_draw.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

std::vector<FrameInterval> drawable_frames(FrameInterval span, int64_t num_frames) {
  TVTS_ASSERT(span.begin < span.end);
  const std::vector<FrameInterval> parts = equal_intervals(span.end - span.begin, num_frames);
  const auto count = static_cast<int64_t>(parts.size());
  std::vector<FrameInterval> drawable;
  for (int64_t k = 0; k < num_frames; ++k) {
    const FrameInterval& part = parts[static_cast<std::size_t>(k * count / num_frames)];
    drawable.push_back({span.begin + part.begin, span.begin + std::max(part.begin + 1, part.end - 1)});
  }
  return drawable;
}

std::vector<int64_t> draw_frames(FrameInterval span, int64_t num_frames, RandomStream& random) {
  std::vector<int64_t> frames;
  for (const FrameInterval& part : drawable_frames(span, num_frames)) {
    frames.push_back(part.begin +
                     static_cast<int64_t>(random.below(static_cast<std::uint64_t>(part.end - part.begin))));
  }
  return frames;
}

}  // namespace tvts

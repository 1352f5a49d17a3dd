#include "tvts/train/corpora/video_duration.h"

#include "tvts/media/video/read_frames.h"

namespace tvts {

double video_duration(const std::string& path, std::stop_token stop) {
  const VideoFrames first = read_frames({.path = path, .content = nullptr}, {.by_time = true}, std::move(stop),
                                        [](const FrameFacts&) { return std::vector<int64_t>{0}; });
  return first.facts.times.end_seconds;
}

}  // namespace tvts

// The transcript segments of a training clip: equation 2 of the paper.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/core/random.h"
#include "tvts/media/video/sampling.h"
#include "tvts/train/corpora/transcript.h"

namespace tvts {

struct Segments {
  std::vector<double> starts, ends;  // [K] seconds; an end may lie before its start
};

// K segments of segment_seconds each, one second apart, from start_seconds on; nothing later than a second before the
// end of the video. Without a start: the whole video in K equal parts, each cut by its last second (so of a video
// shorter than K seconds nothing is left).
// whole_seconds: the video's duration, its fraction cut off.
Segments place_segments(int64_t whole_seconds, int64_t k, int64_t segment_seconds, std::optional<double> start_seconds);

// 3 to 5 seconds each and a start, both drawn; without a start where the video is not longer than all of them.
Segments draw_segments(int64_t whole_seconds, int64_t k, RandomStream& random);

// The frames from the first segment's start to the last one's end, of a video of frame_count > 0 frames; all frames
// where that holds none.
FrameInterval segment_frames(const Segments& segments, int64_t whole_seconds, int64_t frame_count);

// [K] What is said in each segment: the words with start < time < end, a space after each.
std::vector<std::string> segment_texts(const Segments& segments, const Transcript& transcript);

}  // namespace tvts

// Chooses the frames of a video that are read. n = number of frames, t = frames wanted; indices are in presentation
// order.
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/config/preprocess.h"

namespace tvts {

// [first, end) of equal parts of a video.
struct FrameInterval {
  int64_t begin, end;
  bool operator==(const FrameInterval&) const = default;
};

// min(n, t) intervals between the edges int(linspace(0, n, min(n, t) + 1)).
std::vector<FrameInterval> equal_intervals(int64_t n, int64_t t);

// The middle frame of each interval, (begin + end - 1) / 2 rounded down: min(n, t) indices.
std::vector<int64_t> middle_frames(int64_t n, int64_t t);

// t indices at int(linspace(0, n - 1, t)); a short video repeats frames.
std::vector<int64_t> first_to_last_frames(int64_t n, int64_t t);

// The rule of the named preprocessing.
std::vector<int64_t> sample_frames(Preprocess preprocess, int64_t n, int64_t t);

}  // namespace tvts

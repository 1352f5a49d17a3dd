// Plans the clips of a video and the frames of each clip from the frames' times alone.
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/media/video/clip.h"

namespace tvts {

// The times of a video's frames, in presentation order.
struct FrameTimes {
  std::vector<double> seconds;  // not decreasing
  double end_seconds = 0;       // where the last one ends
  int64_t packets = 0;          // of the stream, those without a frame included
};

struct PlannedClip {
  double start_seconds, end_seconds;
  int64_t begin, end;           // the frames of this time
  std::vector<int64_t> frames;  // those used, by index in the whole video; not decreasing, may repeat
};

struct ClipPlan {
  std::vector<PlannedClip> clips;  // start and begin increase, end does not decrease
  double empty_windows = 0;        // windows without a frame, before the last frame
};

// Throws Error(kUsage) naming the option that makes no sense, or that needs more than the memory budget.
void validate(const ClipOptions& options);

// Throws Error(kUsage) when the windows are too many for the memory budget.
ClipPlan plan_clips(const FrameTimes& times, const ClipOptions& options);

}  // namespace tvts

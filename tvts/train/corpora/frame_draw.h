// Draws the frames of a training clip by TSN's rule: one at random from each of T equal intervals.
#pragma once

#include <cstdint>
#include <vector>

#include "tvts/core/random.h"
#include "tvts/media/video/sampling.h"

namespace tvts {

// [T] The frames that the draw of each interval chooses from. As published, the last frame of an interval is none of
// them (where it is not the only one); a span of fewer than T frames repeats frames evenly.
std::vector<FrameInterval> drawable_frames(FrameInterval span, int64_t num_frames);

// [T] not decreasing.
std::vector<int64_t> draw_frames(FrameInterval span, int64_t num_frames, RandomStream& random);

}  // namespace tvts

// Normalises pixels to the model's input.
#pragma once

#include <cstdint>

#include "tvts/config/preprocess.h"
#include "tvts/media/video/clip.h"

namespace tvts {

// Writes [num_frames, 3, R, R]: (pixel / 255 - mean) / deviation in single precision; frames that the clip lacks are
// zeros. `out` has the capacity for num_frames * 3 * R * R values; num_frames >= clip.frames.
void normalise(const Clip& clip, Preprocess preprocess, int64_t num_frames, float* out);

}  // namespace tvts

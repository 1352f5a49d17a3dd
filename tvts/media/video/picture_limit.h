// The largest pictures of a stream that fit the memory of a budget, and the size at which pictures are decoded.
#pragma once

#include <string>

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/budget.h"

namespace tvts {

struct PictureLimit {
  int64_t max_pixels = 0;  // of the picture as stored
  int halvings = 0;        // of both sides, by a decoder that can: JPEG
};

// Before anything is known but the codec: while FFmpeg looks for the sizes of streams.
int64_t most_pixels(AVCodecID codec, bool still_image, const Budget& budget);

// For decoding a stream whose size and format are known.
PictureLimit picture_limit(const AVCodecParameters& stream, bool still_image, const Budget& budget);

// Throws Error(kInput) where FFmpeg has refused a picture beyond the limit.
void fail_if_refused(const std::string& path, const AvMessages& messages, const Budget& budget);

// Throws Error(kInput), not one frame having come of a video: a picture beyond the limit where that is why, else what
// the decoder said.
[[noreturn]] void fail_no_frame(const std::string& path, const std::string& promised, const AvMessages& messages,
                                const Budget& budget);

}  // namespace tvts

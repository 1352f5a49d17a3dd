// Reads single frames of a video, for training: chosen by the caller, resized, not yet cropped.
//
// Frames are counted by the packets as long as the chosen frames are there, and nothing behind the last of them is
// decoded. (read_clips() decodes all frames of a file that is not intact.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "tvts/media/video/clip_plan.h"

namespace tvts {

struct FrameReadOptions {
  int64_t image_size = 224;                         // R
  Preprocess preprocess = Preprocess::kTvtsv2Eval;  // how frames are resized
  bool by_time = false;              // the choice looks at when frames are, not only at how many there are
  double time_budget_seconds = 600;  // for one video
  std::size_t memory_budget_bytes = std::size_t{1} << 30;
};

// The facts of a video by which its frames are chosen.
struct FrameFacts {
  FrameTimes times;
  int64_t frame_bytes = 0;   // of one resized frame, by the file's header; 0: it does not say
  bool from_packets = true;  // false: found by decoding the whole video
};

// Indices of frames, in any order; repeats are read once.
using ChooseFrames = std::function<std::vector<int64_t>(const FrameFacts&)>;

struct VideoFrames {
  int64_t width = 0, height = 0;
  std::vector<int64_t> indices;      // increasing
  std::vector<std::uint8_t> pixels;  // [indices, height, width, 3] RGB
  FrameFacts facts;                  // what they were chosen by
};

// choose() is called a second time, with the facts found by decoding, when the frames differ from what the packets
// announce.
// Throws Error(kInput) when a chosen frame cannot be read or the budget is spent, Error(kInterrupted) on stop, and what
// choose() throws.
VideoFrames read_frames(const MediaBytes& media, const FrameReadOptions& options, std::stop_token stop,
                        const ChooseFrames& choose);

}  // namespace tvts

// The values at this folder's boundary: the source of a video's bytes, the options of reading it, and the clips and the
// report that result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tvts/config/preprocess.h"

namespace tvts {

struct MediaBytes {
  std::string path;  // a file on disk; only a name in messages where `content` is set
  std::shared_ptr<const std::vector<std::byte>> content;  // an in-memory file (a member of a tar)
};

// Window k is [k * stride_seconds, k * stride_seconds + window_seconds), counted from the start of the wanted part.
struct WindowOptions {
  double window_seconds = 0;
  double stride_seconds = 0;
};

// The number of a video's frames from which some are chosen. Promised: the packets of its stream, the last
// frame standing for those that do not come, as the published reader (decord) counts.
enum class FrameCount { kDecoded, kPromised };

struct ClipOptions {
  Preprocess preprocess = Preprocess::kTvtsv2Eval;
  int64_t num_frames = 12;   // T: the most frames of a clip
  int64_t image_size = 224;  // R: pixels, both sides
  FrameCount frame_count = FrameCount::kDecoded;
  bool rotate = true;                   // apply a rotation by a multiple of 90 degrees
  bool display_aspect = true;           // the sample aspect ratio as a player shows it; false: the picture as stored
  std::optional<WindowOptions> window;  // absent: one clip of the whole part
  std::optional<double> start_seconds, end_seconds;        // the part: frames with start <= time < end
  double time_budget_seconds = 1800;                       // for one video
  std::size_t memory_budget_bytes = std::size_t{1} << 30;  // for one video, the clips handed out apart
};

struct Clip {
  std::vector<std::uint8_t> pixels;  // [frames, R, R, 3] RGB, resized and cropped, not yet divided by 255
  int64_t frames = 0;                // 1 to T
  int64_t image_size = 0;            // R
  double start_seconds = 0, end_seconds = 0;
  std::vector<double> frame_seconds;   // [frames]
  std::vector<int64_t> frame_indices;  // [frames], counted from the video's first frame
  bool still_image = false;            // of a picture file, which has one frame by its nature
};

struct VideoReport {
  int64_t frames_promised = 0;  // by the container's header, where it says; else by its packets
  int64_t frames_found = 0;     // by decoding
  int64_t decode_errors = 0;    // error lines of the decoder
  double duration_seconds = 0;  // from time zero to the end of the last frame decoded
  double frame_rate = 0;        // frames a second, on average; 0: not known
  int width = 0, height = 0;    // as stored
  std::vector<std::string> warnings;
};

}  // namespace tvts

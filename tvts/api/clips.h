// Clips: the pixels that a model gets of a video, from a file or from frames that you have decoded yourself, and their
// features. Free of libtorch.
//
//   const auto clips = tvts::api::read_clips(model, "a.mp4").clips;
//   const std::vector<float> rows = tvts::api::encode_video(model, clips);   // [clips, E]
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"

namespace tvts::api {

struct Clip {
  std::vector<std::uint8_t> pixels;         // [frames, R, R, 3] RGB, resized and cropped, not yet normalised
  std::int64_t frames = 0;                  // 1 to the model's T
  std::int64_t image_size = 0;              // R
  double start = 0, end = 0;                // seconds
  std::vector<double> frame_seconds;        // [frames]
  std::vector<std::int64_t> frame_indices;  // [frames], counted from the first that there is
  bool still_image = false;                 // of a picture, which has one frame by its nature
};

struct VideoClips {
  std::vector<Clip> clips;            // in order of time
  double duration = 0;                // seconds, of the whole video
  std::vector<std::string> warnings;  // what is wrong with the file
};

// The clips that embed_videos() takes of this file: one, or one for each window. All are in memory at once, each with
// 3 * T * R * R bytes. Progress counts them, without a total (run.threads does not apply). Thread-safe.
// Throws Error(kInput) when not one frame is to be had, Error(kUsage) when an option makes no sense,
// Error(kInterrupted) on stop.
TVTS_API VideoClips read_clips(const Model& model, const std::string& path, const VideoOptions& options = {},
                               const Run& run = {});

// Options for reading a clip without a model.
struct ReadOptions {
  std::string preprocess = "tvtsv2-eval";  // how frames are chosen, resized and cropped: VideoOptions::preprocess
  std::int64_t num_frames = 12;            // the most frames
  std::int64_t image_size = 224;           // R
  std::optional<double> start, end;        // seconds: frames with start <= time < end alone
  bool stored_aspect = false;              // ignore the sample aspect ratio
  bool stored_rotation = false;            // ignore the rotation tag
  double time_budget = 1800;               // seconds
  std::size_t memory_budget = 1024;        // MiB for decoding
};

// One clip, of the whole file or of [start, end) of it. Throws as read_clips(). Thread-safe.
TVTS_API VideoClips read_clip(const std::string& path, const ReadOptions& options = {}, const Run& run = {});

// Frames in memory, in order of time, in the shape in which they are to be seen.
struct Frames {
  std::span<const std::uint8_t> rgb;  // [count, height, width, 3]
  std::int64_t count = 0, height = 0, width = 0;
  std::span<const double> seconds;  // [count], not decreasing; empty: not known
};

// The clip of all these frames: num_frames of them are chosen, resized and cropped as those of a file. Of a single
// frame it is a video of one, with zeros after it; set still_image where it is a picture. The options' windows and
// budgets do not apply. Thread-safe. Throws Error(kUsage) when sizes contradict each other, there is no frame, or an
// option makes no sense.
TVTS_API Clip clip_of_frames(const Model& model, const Frames& frames, const VideoOptions& options = {});

// float32 [clips, E], row after row: of clips that were made with the same options for the same model,
// options.batch_size of them at a time, one batch after the other (run.threads does not apply). Thread-safe.
// Throws Error(kUsage) when a clip is not of the model's size or has more frames than it takes, Error(kInterrupted) on
// stop.
TVTS_API std::vector<float> encode_video(const Model& model, std::span<const Clip> clips,
                                         const VideoOptions& options = {}, const Run& run = {});

}  // namespace tvts::api

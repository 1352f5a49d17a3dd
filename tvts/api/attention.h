// The attention of a model over a video, as numbers and as pictures (docs/attention.md). Free of libtorch.
//
//   const auto maps = tvts::api::attention_maps({.path = "a.mp4", .outputs = {"map.png"}});
//   const float weight = maps.patches[(frame * maps.rows + row) * maps.columns + column];   // of the mean of the heads
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"

namespace tvts::api {

// The request of `tvts attend`.
struct AttentionRequest {
  std::string path;                  // a video or a picture
  std::optional<double> start, end;  // seconds: only frames from here on, only frames before
  std::int64_t layer = -1;           // block of the model, from 0; from the end with -1, -2, ...
  bool per_head = false;             // every head for itself; else their mean, as one head
  double mask_ratio = 0;             // take away this share of patches, as pre-training does
  std::uint64_t seed = 0;            // of the mask
  // Files to write. Of maps: .mp4 or .gif (frames beside their maps), .png (contact sheet), .npy (the weights); of a
  // patch over time: .svg, .html, .npy.
  std::vector<std::string> outputs;
  int frames_per_second = 2;  // of .mp4 and .gif
  ModelSource model;          // computed by the plain model, in fp32: another precision than "auto" is refused
  VideoOptions video;         // how the clip is read; without windows
};

// The clip and the block that weights are of.
struct AttendedClip {
  std::string model_path;
  std::int64_t layer = 0;                   // from 0
  std::vector<double> frame_seconds;        // [frames of the clip]
  std::vector<std::int64_t> frame_indices;  // [frames of the clip]
  std::vector<std::int64_t> kept_patches;   // rising, of each frame's rows * columns; empty: there was no mask
};

// Of one frame, in the mean of the heads.
struct FrameAttention {
  double share = 0;                            // of all the query's attention
  std::int64_t peak_row = 0, peak_column = 0;  // of the patch that has most of it
};

// The CLS query's weights. With its weight of the CLS key those of one head sum to 1 over all frames together.
struct AttentionMaps {
  AttendedClip clip;
  std::int64_t heads = 0;                 // H: the model's, or 1 for their mean
  std::int64_t frames = 0;                // T: of the model's input; those beyond the clip's own are zeros
  std::int64_t rows = 0, columns = 0;     // of patches
  std::vector<float> patches;             // [H, T, rows, columns]; NaN where the mask took the patch away
  std::vector<float> cls;                 // [H]: the weight of the CLS key
  std::vector<FrameAttention> of_frames;  // [frames of the clip]
};

// Loads the model, reads one clip, computes its maps and writes the outputs. Many threads may call it for different
// outputs; run.threads is for nothing here, and there is no progress.
// Throws Error(kUsage) when a field makes no sense for this model, Error(kInput) when the model or the video cannot be
// read, Error(kFailed) when an output cannot be written, Error(kInterrupted) on stop.
TVTS_API AttentionMaps attention_maps(const AttentionRequest& request, const Run& run = {});

// A patch of a clip: its frame, and its row and column among the patches of the frame, from 0.
struct Patch {
  std::int64_t frame = 0, row = 0, column = 0;
};

// The attention of one patch's query over time. Each head's weights sum to 1.
struct PatchAttention {
  AttendedClip clip;
  std::int64_t heads = 0;      // H: the model's, or 1 for their mean
  std::int64_t frames = 0;     // T: of the model's input; those beyond the clip's own are zeros
  std::vector<float> weights;  // [H, 1 + T]: the CLS key, and then the patch's own cell in every frame
  std::vector<float> mean;     // [1 + T]: the mean of the heads
};

// As attention_maps(), and Error(kUsage) for a patch that is outside of the clip or masked.
TVTS_API PatchAttention attention_over_time(const AttentionRequest& request, const Patch& patch, const Run& run = {});

}  // namespace tvts::api

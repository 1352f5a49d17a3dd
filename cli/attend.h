// The parts of tvts attend: its options, the attention that the model computed, and the writing of both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/model_options.h"
#include "cli/video_options.h"
#include "tvts/media/video/clip.h"
#include "tvts/model/plain/space_time_block.h"

namespace tvts::cli {

struct AttendOptions {
  std::string video;
  ModelOptions model;
  VideoOptions reading;
  std::optional<double> start, end;  // seconds
  std::vector<std::string> outputs;
  int64_t layer = -1;
  bool per_head = false;
  std::vector<int64_t> patch;  // frame, row, column; empty: the CLS query's map
  double mask_ratio = 0;
  std::uint64_t seed = 0;
  int frames_per_second = 2;
  bool json = false;
};

// A clip and all that one block attends to in it.
struct Attended {
  Clip clip;
  at::Tensor keep;  // int64 [1, n], or undefined
  BlockWeights weights;
  int64_t layer = 0;  // from 0
  ModelConfig config;
  std::string model_path;
};

// Throws Error(kUsage) when an output is of no form that this request has.
void check_outputs(const AttendOptions& options);

// Write every output and print the summary: the CLS query's map over the frames, or one patch over time.
void show_map(const AttendOptions& options, const Attended& attended);
void show_patch_over_time(const AttendOptions& options, const Attended& attended);

}  // namespace tvts::cli

// Features of video files, for tests of models.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "lab/study/study_model.h"

namespace tvts {

struct ReadingOptions {
  std::size_t workers = 1;  // threads that decode
  std::stop_token stop;
  std::function<void(std::size_t clips)> on_clips;  // called with the number of further clips embedded; may be empty
};

struct ClipFeatures {
  at::Tensor in_order;  // [clips, E], of length 1
  at::Tensor
      shuffled;  // the same of the clip's frames in an order drawn by the file's name; undefined where not requested
};
enum class FrameOrders { kInOrder, kShuffledToo };

// One clip of each file, as tvts embed takes it. Throws Error(kInput) for the first file that cannot be read,
// Error(kInterrupted) on stop.
ClipFeatures encode_clips(StudyModel& model, const std::vector<std::string>& paths, FrameOrders orders,
                          const ReadingOptions& options);

// A permutation of [0, frames) that depends on the name alone.
std::vector<int64_t> shuffled_order(const std::string& name, int64_t frames);

}  // namespace tvts

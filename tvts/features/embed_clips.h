// Embeds clips. Every command that measures or uses features of videos calls it.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "tvts/config/model_spec.h"
#include "tvts/features/encoder_input.h"
#include "tvts/media/video/clip.h"
#include "tvts/model/runtime/inference.h"

namespace tvts {

struct EmbedOptions {
  ClipOptions clips;
  Pool pool = Pool::kCls;
  bool normalize = true;                                 // rows have length 1 (with Pool::kMean always)
  bool tokens = false;                                   // token features too
  MissingFrames missing_frames = MissingFrames::kZeros;  // of a clip of fewer than T frames
  std::size_t batch_size = 1;                            // clips that go through the model together
  std::size_t workers = 1;                               // threads that decode
  std::size_t replicas = 1;  // batches in the model at once, each on one thread of the CPU; 1: on all threads
};

// One clip a video, of the frames, pixels, size and pooling that the model file states.
EmbedOptions embed_options(const ModelSpec& spec);

// Clips as the model takes them: all of them still pictures, of one frame each, or none.
struct ModelInput {
  at::Tensor video;                   // float32 [B, T, 3, R, R], normalised, zeros after a clip's own frames
  std::vector<int64_t> frame_counts;  // [B]
};
ModelInput model_input(std::span<const Clip> clips, const EmbedOptions& options);

// float32 [B, E] on the CPU.
at::Tensor embed_input(const InferenceModel& model, const ModelInput& input, const EmbedOptions& options);

// The same of any number of clips, in batches of options.batch_size clips; pictures and videos never share one.
// on_batch, if set, is called with the number of clips done; it may throw to stop.
at::Tensor embed_clips(const InferenceModel& model, std::span<const Clip> clips, const EmbedOptions& options,
                       const std::function<void(std::size_t done)>& on_batch = {});

}  // namespace tvts

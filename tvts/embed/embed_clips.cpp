#include "tvts/embed/embed_clips.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/video/normalise.h"

namespace tvts {
namespace {

// Of the clips from `begin` on: as many as go through the model together.
std::span<const Clip> batch_at(std::span<const Clip> clips, std::size_t begin, std::size_t batch_size) {
  const std::span<const Clip> rest = clips.subspan(begin, std::min(batch_size, clips.size() - begin));
  const auto other = std::ranges::find(rest, !rest.front().still_image, &Clip::still_image);
  return rest.first(static_cast<std::size_t>(other - rest.begin()));
}

}  // namespace

EmbedOptions embed_options(const ModelSpec& spec) {
  EmbedOptions options;
  options.clips.preprocess = spec.preprocess;
  options.clips.num_frames = spec.config.video.num_frames;
  options.clips.image_size = spec.config.video.image_size;
  options.pool = spec.pool;
  return options;
}

ModelInput model_input(std::span<const Clip> clips, const EmbedOptions& options) {
  TVTS_ASSERT(!clips.empty());
  const bool are_still = clips.front().still_image;
  // A still picture goes through the model as a one-frame video, never padded with frames that are not there.
  const int64_t frames = are_still ? 1 : options.clips.num_frames, size = clips.front().image_size;
  ModelInput input = {.video = at::empty({static_cast<int64_t>(clips.size()), frames, 3, size, size}, at::kFloat)};
  for (const Clip& clip : clips) {
    TVTS_ASSERT(clip.still_image == are_still && clip.image_size == size);
    const at::Tensor row = input.video[static_cast<int64_t>(input.frame_counts.size())];
    normalise(clip, options.clips.preprocess, frames, row.data_ptr<float>());
    if (options.repeat_last_frame) row.slice(0, clip.frames).copy_(row.slice(0, clip.frames - 1, clip.frames));
    input.frame_counts.push_back(options.repeat_last_frame ? frames : clip.frames);
  }
  return input;
}

at::Tensor embed_input(const InferenceModel& model, const ModelInput& input, const EmbedOptions& options) {
  const at::Tensor features = model.embed_videos(input.video, input.frame_counts, options.pool);
  return options.normalize ? l2_normalised(features) : features;
}

at::Tensor embed_clips(const InferenceModel& model, std::span<const Clip> clips, const EmbedOptions& options,
                       const std::function<void(std::size_t)>& on_batch) {
  std::vector<at::Tensor> batches;
  for (std::size_t begin = 0; begin < clips.size();) {
    const std::span<const Clip> batch = batch_at(clips, begin, options.batch_size);
    batches.push_back(embed_input(model, model_input(batch, options), options));
    begin += batch.size();
    if (on_batch) on_batch(begin);
  }
  return batches.empty() ? at::empty({0, model.config().embed_dim}) : at::cat(batches);
}

}  // namespace tvts

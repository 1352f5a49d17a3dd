#include "tvts/features/embed_clips.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/features/encoder_input.h"

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
  const int64_t frames = are_still ? 1 : options.clips.num_frames;
  const bool repeats = options.missing_frames == MissingFrames::kRepeatLast;
  std::vector<int64_t> frame_counts;
  for (const Clip& clip : clips) {
    TVTS_ASSERT(clip.still_image == are_still);
    frame_counts.push_back(repeats ? frames : clip.frames);
  }
  return {.video = video_tensor(clips, options.clips.preprocess, frames, options.missing_frames),
          .frame_counts = std::move(frame_counts)};
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

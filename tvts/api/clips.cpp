#include "tvts/api/clips.h"

#include "tvts/api/clip_values.h"
#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/to_vector.h"
#include "tvts/media/video/clip_of_frames.h"
#include "tvts/media/video/read_clips.h"

namespace tvts {

api::Clip to_api(Clip clip) {
  return {.pixels = std::move(clip.pixels),
          .frames = clip.frames,
          .image_size = clip.image_size,
          .start = clip.start_seconds,
          .end = clip.end_seconds,
          .frame_seconds = std::move(clip.frame_seconds),
          .frame_indices = std::move(clip.frame_indices),
          .still_image = clip.still_image};
}

Clip from_api(const api::Clip& clip, const ClipOptions& model) {
  const int64_t size = model.image_size;
  const int64_t most = clip.still_image ? 1 : model.num_frames;
  if (clip.frames < 1 || clip.frames > most || clip.image_size != size ||
      clip.pixels.size() != static_cast<std::size_t>(clip.frames * size * size * 3)) {
    fail_usage("found a clip of ", clip.frames, " frames of ", clip.image_size, " x ", clip.image_size, " pixels in ",
               clip.pixels.size(), " bytes, expected 1 to ", most, " frames of ", size, " x ", size,
               ", three bytes a pixel");
  }
  return {.pixels = clip.pixels,
          .frames = clip.frames,
          .image_size = clip.image_size,
          .start_seconds = clip.start,
          .end_seconds = clip.end,
          .frame_seconds = clip.frame_seconds,
          .frame_indices = clip.frame_indices,
          .still_image = clip.still_image};
}

namespace api {
namespace {

EmbedOptions options_of(const Model& model, const VideoOptions& options) {
  return embed_options(options, model.state().pretrained.spec, /*threads=*/1);
}

VideoClips clips_of_file(const std::string& path, const ClipOptions& options, const Run& run) {
  VideoClips found;
  const auto add = [&](tvts::Clip clip) {
    found.clips.push_back(to_api(std::move(clip)));
    if (run.on_progress) run.on_progress(found.clips.size(), 0, std::nullopt);
    return !run.stop.stop_requested();
  };
  VideoReport report = tvts::read_clips({.path = path, .content = nullptr}, options, run.stop, add);
  throw_if_stopped(run.stop);
  found.duration = report.duration_seconds;
  found.warnings = std::move(report.warnings);
  return found;
}

}  // namespace

VideoClips read_clips(const Model& model, const std::string& path, const VideoOptions& options, const Run& run) {
  return clips_of_file(path, options_of(model, options).clips, run);
}

VideoClips read_clip(const std::string& path, const ReadOptions& options, const Run& run) {
  return clips_of_file(path,
                       {.preprocess = preprocess_asked(options.preprocess),
                        .num_frames = options.num_frames,
                        .image_size = options.image_size,
                        .rotate = !options.stored_rotation,
                        .display_aspect = !options.stored_aspect,
                        .start_seconds = options.start,
                        .end_seconds = options.end,
                        .time_budget_seconds = options.time_budget,
                        .memory_budget_bytes = options.memory_budget << 20},
                       run);
}

Clip clip_of_frames(const Model& model, const Frames& frames, const VideoOptions& options) {
  const RgbFrames rgb = {.pixels = frames.rgb,
                         .count = frames.count,
                         .height = frames.height,
                         .width = frames.width,
                         .seconds = frames.seconds};
  return to_api(tvts::clip_of_frames(rgb, options_of(model, options).clips));
}

std::vector<float> encode_video(const Model& model, std::span<const Clip> clips, const VideoOptions& options,
                                const Run& run) {
  const EmbedOptions embed = options_of(model, options);
  std::vector<tvts::Clip> own;
  for (const Clip& clip : clips) own.push_back(from_api(clip, embed.clips));
  throw_if_stopped(run.stop);
  const at::Tensor rows = embed_clips(model.state().pretrained.model, own, embed, [&](std::size_t done) {
    throw_if_stopped(run.stop);
    if (run.on_progress) run.on_progress(done, 0, clips.size());
  });
  return to_vector(rows);
}

}  // namespace api
}  // namespace tvts

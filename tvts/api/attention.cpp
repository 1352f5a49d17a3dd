#include "tvts/api/attention.h"

#include <algorithm>

#include "tvts/api/attention_outputs.h"
#include "tvts/api/open_model.h"
#include "tvts/api/run_control.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/to_vector.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts {
namespace {

std::int64_t layer_asked(std::int64_t asked, std::int64_t layers) {
  const std::int64_t layer = asked < 0 ? layers + asked : asked;
  if (layer < 0 || layer >= layers) {
    fail_usage("--layer is ", asked, "; this model has the blocks 0 to ", layers - 1, ", or -", layers, " to -1");
  }
  return layer;
}

PretrainedModel load_plain(const api::ModelSource& source, const std::stop_token& stop) {
  api::LoadOptions options = source.options;
  if (options.precision != kAutomatic && precision_named(options.precision) != Precision::kFp32) {
    fail_usage("--precision is ", options.precision, "; attention is computed by the plain model, in fp32");
  }
  options.precision = to_string(Precision::kFp32);
  PretrainedModel model = open_model(source.file, options);
  throw_if_stopped(stop);
  return model;
}

Clip read_clip(const api::AttentionRequest& request, ClipOptions reading, const std::stop_token& stop) {
  reading.start_seconds = request.start;
  reading.end_seconds = request.end;
  Clip only;
  const VideoReport report = read_clips({request.path, nullptr}, reading, stop, [&](Clip clip) {
    only = std::move(clip);
    return true;
  });
  for (const std::string& warning : report.warnings) log_warning(request.path + ": " + warning);
  return only;
}

void check(const api::AttentionRequest& request, bool over_time) {
  check_outputs(request, over_time);
  if (request.video.window > 0) fail_usage("--window is of no use here: attention is shown of one clip");
}

Attended attend(const api::AttentionRequest& request, const api::Run& run) {
  PretrainedModel pretrained = load_plain(request.model, run.stop);
  const ModelSpec& spec = pretrained.spec;
  const EmbedOptions embed = embed_options(request.video, spec, api::threads_of(run));
  Attended attended = {.layer = layer_asked(request.layer, spec.config.video.layers),
                       .config = spec.config,
                       .model_path = pretrained.path};
  if (request.mask_ratio != 0) {
    attended.keep = random_tube_mask(1, spec.config.video.patches_per_frame(), request.mask_ratio,
                                     at::detail::createCPUGenerator(request.seed));
  }
  attended.clip = read_clip(request, embed.clips, run.stop);
  log(pretrained.remarks);  // of a video that cannot be read the reason alone is said
  const at::Tensor video = model_input({&attended.clip, 1}, embed).video;
  throw_if_stopped(run.stop);
  attended.weights = pretrained.model.attention_weights(video, attended.keep, attended.layer);
  if (attended.clip.frames < video.size(1)) {
    log_info(
        concat("frames of zeros, which take attention too and are not shown: ", video.size(1) - attended.clip.frames));
  }
  return attended;
}

std::vector<std::int64_t> kept_patches_of(const at::Tensor& keep) {
  if (!keep.defined()) return {};
  std::vector<std::int64_t> kept(keep.const_data_ptr<std::int64_t>(),
                                 keep.const_data_ptr<std::int64_t>() + keep.numel());
  std::ranges::sort(kept);
  return kept;
}

}  // namespace

namespace api {
namespace {

AttendedClip clip_of(Attended&& attended) {
  return {.model_path = std::move(attended.model_path),
          .layer = attended.layer,
          .frame_seconds = std::move(attended.clip.frame_seconds),
          .frame_indices = std::move(attended.clip.frame_indices),
          .kept_patches = kept_patches_of(attended.keep)};
}

// mean: the map of the mean of the heads.
FrameAttention attention_of_frame(const AttentionMap& mean, std::int64_t frame) {
  const at::Tensor weights = mean.patches[0][frame].nan_to_num(0);
  const std::int64_t peak = weights.argmax().item<std::int64_t>(), columns = weights.size(1);
  return {.share = weights.sum().item<double>(), .peak_row = peak / columns, .peak_column = peak % columns};
}

}  // namespace

AttentionMaps attention_maps(const AttentionRequest& request, const Run& run) {
  check(request, /*over_time=*/false);
  Attended attended = attend(request, run);
  const AttentionMap heads =
      cls_attention_map(attended.weights.space, attended.keep, attended.config.video.patches_per_frame());
  const AttentionMap mean = mean_of_heads(heads);
  const AttentionMap& map = request.per_head ? heads : mean;
  write_map(request, attended, map);
  AttentionMaps found = {.heads = map.patches.size(0),
                         .frames = map.patches.size(1),
                         .rows = map.patches.size(2),
                         .columns = map.patches.size(3),
                         .patches = to_vector(map.patches),
                         .cls = to_vector(map.cls)};
  for (std::int64_t frame = 0; frame < attended.clip.frames; ++frame) {
    found.of_frames.push_back(attention_of_frame(mean, frame));
  }
  found.clip = clip_of(std::move(attended));
  return found;
}

PatchAttention attention_over_time(const AttentionRequest& request, const Patch& patch, const Run& run) {
  check(request, /*over_time=*/true);
  Attended attended = attend(request, run);
  if (patch.frame >= attended.clip.frames) {
    fail_usage("--patch is in frame ", patch.frame, "; this clip has the frames 0 to ", attended.clip.frames - 1);
  }
  const PatchPosition position = {.frame = patch.frame, .row = patch.row, .column = patch.column};
  at::Tensor weights =
      temporal_attention(attended.weights.time, attended.keep, attended.config.video.patches_per_frame(), position);
  if (!request.per_head) weights = weights.mean(0, /*keepdim=*/true);
  write_over_time(request, attended, weights, position);
  return {.clip = clip_of(std::move(attended)),
          .heads = weights.size(0),
          .frames = weights.size(1) - 1,
          .weights = to_vector(weights),
          .mean = to_vector(weights.mean(0))};
}

}  // namespace api
}  // namespace tvts

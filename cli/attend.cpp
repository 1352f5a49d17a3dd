// tvts attend: what a model looks at in a video, as pictures and as numbers.
#include "cli/commands.h"
#include "cli/job.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/video_options.h"
#include "tvts/api/attention.h"
#include "tvts/core/json/json_text.h"

namespace tvts::cli {
namespace {

struct AttendOptions {
  api::AttentionRequest request;
  std::vector<std::int64_t> patch;  // frame, row, column; empty: the CLS query's map
  bool json = false;
};

void declare_reading(CLI::App& command, api::AttentionRequest& request) {
  command.add_option("--start", request.start, "seconds: only frames from here on");
  command.add_option("--end", request.end, "seconds: only frames before");
  command.add_option("--preprocess", request.video.preprocess,
                     "tvtsv2-eval, tvtsv2-extract or clip (default: what the model file states)");
  command.add_option("--num-frames", request.video.num_frames, "frames of the clip (default: the model's)")
      ->check(at_least(1));
  command.add_flag("--stored-aspect", request.video.stored_aspect, "ignore the sample aspect ratio");
  command.add_flag("--stored-rotation", request.video.stored_rotation, "ignore the rotation tag");
  declare_memory_budget(command, request.video.memory_budget);
}

void declare_all(CLI::App& command, AttendOptions& options) {
  api::AttentionRequest& request = options.request;
  command.add_option("VIDEO", request.path, "a video or an image")->required();
  declare(command, request.model);
  declare_reading(command, request);
  command
      .add_option("-o,--output", request.outputs,
                  "map.mp4 or .gif (frames beside their maps), .png (contact sheet), .npy (the weights); with --patch "
                  ".svg, .html or .npy; may be given several times")
      ->allow_extra_args(false)
      ->required();
  command.add_option("--layer", request.layer, "block, from 0; from the end with -1, -2, ...")->capture_default_str();
  command.add_flag("--per-head", request.per_head, "every head for itself (default: their mean)");
  command
      .add_option("--patch", options.patch,
                  "FRAME,ROW,COLUMN, from 0: what this patch attends to over time, in place of the CLS query's map")
      ->delimiter(',')
      ->expected(3);
  command.add_option("--mask-ratio", request.mask_ratio, "take away this share of patches, as pre-training does")
      ->capture_default_str();
  command.add_option("--seed", request.seed, "of the mask")->check(at_least(0))->capture_default_str();
  command.add_option("--fps", request.frames_per_second, "frames a second of .mp4 and .gif")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object instead of columns");
}

// What both summaries say of the request.
Json described(const AttendOptions& options, const api::AttendedClip& clip) {
  Json json = path_fields(options.request.path);
  json["model"] = to_utf8(clip.model_path);
  json["layer"] = clip.layer;
  json["heads"] = options.request.per_head ? "each" : "mean";
  json["frame_seconds"] = clip.frame_seconds;
  json["frame_indices"] = clip.frame_indices;
  if (!clip.kept_patches.empty()) json["kept_patches"] = clip.kept_patches;
  return json;
}

void print_maps(const AttendOptions& options, const api::AttentionMaps& maps) {
  Json json = described(options, maps.clip);
  json["cls_weight"] = maps.cls;
  for (std::size_t frame = 0; frame < maps.of_frames.size(); ++frame) {
    const api::FrameAttention& one = maps.of_frames[frame];
    json["frames"].push_back({{"share", one.share}, {"peak_row", one.peak_row}, {"peak_column", one.peak_column}});
    if (options.json) continue;
    print_columns({std::to_string(frame), fixed(maps.clip.frame_seconds[frame], 3), fixed(one.share, 4),
                   std::to_string(one.peak_row), std::to_string(one.peak_column)});
  }
  if (options.json) print_json(json);
}

void print_over_time(const AttendOptions& options, const api::PatchAttention& found) {
  if (options.json) {
    Json json = described(options, found.clip);
    json["patch"] = options.patch;
    json["weights"] = found.mean;
    print_json(json);
    return;
  }
  const std::vector<double>& seconds = found.clip.frame_seconds;
  for (std::size_t frame = 0; frame < seconds.size(); ++frame) {
    print_columns({std::to_string(frame), fixed(seconds[frame], 3), fixed(found.mean[frame + 1], 4)});
  }
}

int run(const AttendOptions& options) {
  const api::Run run = {.stop = stop_requested(), .threads = thread_count()};
  set_compute_threads();
  if (options.patch.empty()) {
    print_maps(options, api::attention_maps(options.request, run));
  } else {
    const api::Patch patch = {.frame = options.patch[0], .row = options.patch[1], .column = options.patch[2]};
    print_over_time(options, api::attention_over_time(options.request, patch, run));
  }
  return 0;
}

}  // namespace

void add_attend(CLI::App& app, Action& action) {
  add_command<AttendOptions>(
      app, action, "attend", "Show what a model attends to in a video",
      [](CLI::App& command, AttendOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli

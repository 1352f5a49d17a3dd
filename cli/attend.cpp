// tvts attend: what a model looks at in a video, as pictures and as numbers.
#include "cli/attend.h"

#include "cli/commands.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/media/video/normalise.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts::cli {
namespace {

void declare_reading(CLI::App& command, AttendOptions& options) {
  command.add_option("--start", options.start, "seconds: only frames from here on");
  command.add_option("--end", options.end, "seconds: only frames before");
  command.add_option("--preprocess", options.reading.preprocess,
                     "tvtsv2-eval, tvtsv2-extract or clip (default: what the model file states)");
  command.add_option("--num-frames", options.reading.num_frames, "frames of the clip (default: the model's)")
      ->check(at_least(1));
  command.add_flag("--stored-aspect", options.reading.stored_aspect, "ignore the sample aspect ratio");
  command.add_flag("--stored-rotation", options.reading.stored_rotation, "ignore the rotation tag");
  declare_memory_budget(command, options.reading.memory_budget);
}

void declare_all(CLI::App& command, AttendOptions& options) {
  command.add_option("VIDEO", options.video, "a video or an image")->required();
  declare(command, options.model);
  declare_reading(command, options);
  command
      .add_option("-o,--output", options.outputs,
                  "map.mp4 or .gif (frames beside their maps), .png (contact sheet), .npy (the weights); with --patch "
                  ".svg, .html or .npy; may be given several times")
      ->allow_extra_args(false)
      ->required();
  command.add_option("--layer", options.layer, "block, from 0; from the end with -1, -2, ...")->capture_default_str();
  command.add_flag("--per-head", options.per_head, "every head for itself (default: their mean)");
  command
      .add_option("--patch", options.patch,
                  "FRAME,ROW,COLUMN, from 0: what this patch attends to over time, in place of the CLS query's map")
      ->delimiter(',')
      ->expected(3);
  command.add_option("--mask-ratio", options.mask_ratio, "take away this share of patches, as pre-training does")
      ->capture_default_str();
  command.add_option("--seed", options.seed, "of the mask")->check(at_least(0))->capture_default_str();
  command.add_option("--fps", options.frames_per_second, "frames a second of .mp4 and .gif")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object instead of columns");
}

int64_t layer_asked(int64_t asked, int64_t layers) {
  const int64_t layer = asked < 0 ? layers + asked : asked;
  if (layer < 0 || layer >= layers) {
    fail_usage("--layer is ", asked, "; this model has the blocks 0 to ", layers - 1, ", or -", layers, " to -1");
  }
  return layer;
}

Clip read_clip(const AttendOptions& options, ClipOptions reading) {
  reading.start_seconds = options.start;
  reading.end_seconds = options.end;
  Clip only;
  const VideoReport report = read_clips({options.video, nullptr}, reading, stop_requested(), [&](Clip clip) {
    only = std::move(clip);
    return true;
  });
  for (const std::string& warning : report.warnings) log_warning(options.video + ": " + warning);
  return only;
}

Attended attend(const AttendOptions& options) {
  if (options.model.precision != kAutomatic && precision_named(options.model.precision) != Precision::kFp32) {
    fail_usage("--precision is ", options.model.precision, "; attention is computed by the plain model, in fp32");
  }
  ModelOptions model = options.model;
  model.precision = to_string(Precision::kFp32);
  PretrainedModel pretrained = load_unsaid(model);
  const ModelSpec& spec = pretrained.spec;
  const EmbedOptions embed = resolve(options.reading, spec);
  Attended attended = {.layer = layer_asked(options.layer, spec.config.video.layers),
                       .config = spec.config,
                       .model_path = pretrained.path};
  if (options.mask_ratio != 0) {
    attended.keep = random_tube_mask(1, spec.config.video.patches_per_frame(), options.mask_ratio,
                                     at::detail::createCPUGenerator(options.seed));
  }
  attended.clip = read_clip(options, embed.clips);
  log(pretrained.remarks);  // of a video that cannot be read the reason alone is said
  const at::Tensor video = model_input({&attended.clip, 1}, embed).video;
  throw_if_stopped();
  attended.weights = pretrained.model.attention_weights(video, attended.keep, attended.layer);
  if (attended.clip.frames < video.size(1)) {
    log_info(
        concat("frames of zeros, which take attention too and are not shown: ", video.size(1) - attended.clip.frames));
  }
  return attended;
}

int run(const AttendOptions& options) {
  check_outputs(options);
  const Attended attended = attend(options);
  if (options.patch.empty()) {
    show_map(options, attended);
  } else {
    show_patch_over_time(options, attended);
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

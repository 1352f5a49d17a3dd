// tvts attend: what a model looks at in a video, as pictures and as numbers.
#include <filesystem>

#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/video_options.h"
#include "tvts/attend/attention_pictures.h"
#include "tvts/attend/heat_picture.h"
#include "tvts/attend/temporal_chart.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"
#include "tvts/data/json_text.h"
#include "tvts/model/tube_mask.h"
#include "tvts/report/page.h"
#include "tvts/video/image_codec.h"
#include "tvts/video/normalise.h"
#include "tvts/video/read_clips.h"
#include "tvts/video/video_writer.h"

namespace tvts::cli {
namespace {

struct AttendOptions {
  std::string video;
  ModelOptions model;
  VideoOptions reading;
  std::optional<double> start, end;  // seconds
  std::vector<std::string> outputs;
  int64_t layer = -1;
  bool per_head = false;
  std::vector<int64_t> patch;  // frame, row, column
  double mask_ratio = 0;
  std::uint64_t seed = 0;
  int frames_per_second = 2;
  bool json = false;
};

void declare_all(CLI::App& command, AttendOptions& options) {
  command.add_option("VIDEO", options.video, "a video or an image")->required();
  declare(command, options.model);
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
  command.add_option("--seed", options.seed, "of the mask")->capture_default_str();
  command.add_option("--fps", options.frames_per_second, "frames a second of .mp4 and .gif")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  command.add_option("--start", options.start, "seconds: only frames from here on");
  command.add_option("--end", options.end, "seconds: only frames before");
  command.add_option("--preprocess", options.reading.preprocess,
                     "tvtsv2-eval, tvtsv2-extract or clip (default: what the model file states)");
  command.add_option("--num-frames", options.reading.num_frames, "frames of the clip (default: the model's)");
  command.add_flag("--stored-aspect", options.reading.stored_aspect, "ignore the sample aspect ratio");
  command.add_flag("--stored-rotation", options.reading.stored_rotation, "ignore the rotation tag");
  command.add_flag("--json", options.json, "one JSON object instead of columns");
}

// A clip and all that the chosen block attends to in it.
struct Attended {
  Clip clip;
  at::Tensor keep;  // int64 [1, n], or undefined
  BlockWeights weights;
  int64_t layer = 0;  // from 0
  ModelConfig config;
};

void check_outputs(const AttendOptions& options) {
  const bool over_time = !options.patch.empty();
  const std::vector<std::string> known = over_time ? std::vector<std::string>{".svg", ".html", ".npy"}
                                                   : std::vector<std::string>{".mp4", ".gif", ".png", ".npy"};
  for (const std::string& path : options.outputs) {
    const std::string extension = std::filesystem::path(path).extension();
    if (std::ranges::find(known, extension) != known.end()) continue;
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    fail_usage("--output ", path, ": expected a name that ends in one of ", names,
               over_time ? " (--patch gives a chart)" : " (a chart over time needs --patch)");
  }
}

int64_t layer_asked(int64_t asked, int64_t layers) {
  const int64_t layer = asked < 0 ? layers + asked : asked;
  if (layer < 0 || layer >= layers) {
    fail_usage("--layer is ", asked, "; this model has the blocks 0 to ", layers - 1, ", or -", layers, " to -1");
  }
  return layer;
}

Clip read_clip(const AttendOptions& options, const ModelSpec& spec) {
  ClipOptions reading = resolve(options.reading, spec).clips;
  reading.start_seconds = options.start;
  reading.end_seconds = options.end;
  Clip first;
  const VideoReport report = read_clips({options.video, nullptr}, reading, stop_requested(), [&](Clip clip) {
    first = std::move(clip);
    return true;
  });
  for (const std::string& warning : report.warnings) log_warning(options.video + ": " + warning);
  return first;
}

// [1, T, 3, R, R]; a still image is a one-frame video.
at::Tensor model_input(const Clip& clip, const AttendOptions& options, const ModelSpec& spec) {
  const ClipOptions reading = resolve(options.reading, spec).clips;
  const int64_t frames = clip.still_image ? 1 : reading.num_frames;
  const at::Tensor video = at::empty({1, frames, 3, clip.image_size, clip.image_size});
  normalise(clip, reading.preprocess, frames, video.data_ptr<float>());
  return video;
}

Attended attend(const AttendOptions& options) {
  PretrainedModel pretrained = load(options.model);
  const ModelSpec& spec = pretrained.spec;
  Attended attended = {.layer = layer_asked(options.layer, spec.config.video.layers), .config = spec.config};
  if (options.mask_ratio != 0) {
    attended.keep = random_tube_mask(1, spec.config.video.patches_per_frame(), options.mask_ratio,
                                     at::detail::createCPUGenerator(options.seed));
  }
  attended.clip = read_clip(options, spec);
  const at::Tensor video = model_input(attended.clip, options, spec);
  throw_if_stopped();
  attended.weights = pretrained.model.attention_weights(video, attended.keep, attended.layer);
  return attended;
}

void write_tensor(const std::string& path, const at::Tensor& tensor) {
  const at::Tensor values = tensor.contiguous();
  write_npy(path, values.sizes().vec(), {values.const_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
}

void write_picture(const std::string& path, const RgbImage& image) {
  const std::vector<std::byte> png = encode_png(image.pixels, image.width, image.height);
  write_whole_file(path, {reinterpret_cast<const char*>(png.data()), png.size()});
}

void write_video(const std::string& path, const std::vector<RgbImage>& frames, int frames_per_second) {
  VideoWriter writer(
      path, {.width = frames.front().width, .height = frames.front().height, .frames_per_second = frames_per_second});
  for (const RgbImage& frame : frames) writer.write(frame.pixels);
  writer.finish();
}

void write_maps(const AttendOptions& options, const Attended& attended, const AttentionMap& map) {
  const AttentionPictures pictures = attention_pictures(attended.clip, map);
  for (const std::string& path : options.outputs) {
    if (path.ends_with(".npy")) {
      write_tensor(path, map.patches);
    } else if (path.ends_with(".png")) {
      write_picture(path, contact_sheet(pictures));
    } else {
      write_video(path, side_by_side(pictures), options.frames_per_second);
    }
  }
}

nlohmann::ordered_json described(const AttendOptions& options, const Attended& attended) {
  nlohmann::ordered_json json = path_fields(options.video);
  json["model"] = options.model.pretrained;
  json["layer"] = attended.layer;
  json["heads"] = options.per_head ? "each" : "mean";
  json["frame_seconds"] = attended.clip.frame_seconds;
  json["frame_indices"] = attended.clip.frame_indices;
  if (attended.keep.defined()) {
    const at::Tensor kept = std::get<0>(attended.keep[0].sort());
    json["kept_patches"] =
        std::vector<int64_t>(kept.const_data_ptr<int64_t>(), kept.const_data_ptr<int64_t>() + kept.numel());
  }
  return json;
}

std::vector<float> values_of(const at::Tensor& tensor) {
  const at::Tensor values = tensor.contiguous();
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

// Of every frame its share of the mean head's attention and the patch that has most of it.
void print_map(const AttendOptions& options, const Attended& attended, const AttentionMap& map) {
  const AttentionMap mean = mean_of_heads(map);
  nlohmann::ordered_json json = described(options, attended);
  json["cls_weight"] = values_of(map.cls);
  json["frames"] = nlohmann::ordered_json::array();
  for (int64_t frame = 0; frame < attended.clip.frames; ++frame) {
    const at::Tensor weights = mean.patches[0][frame].nan_to_num(0);
    const int64_t peak = weights.argmax().item<int64_t>(), columns = weights.size(1);
    const double share = weights.sum().item<double>();
    const double seconds = attended.clip.frame_seconds[static_cast<std::size_t>(frame)];
    json["frames"].push_back({{"share", share}, {"peak_row", peak / columns}, {"peak_column", peak % columns}});
    if (options.json) continue;
    print_columns({std::to_string(frame), fixed(seconds, 3), fixed(share, 4), std::to_string(peak / columns),
                   std::to_string(peak % columns)});
  }
  if (options.json) print_json(json);
}

int attend_over_space(const AttendOptions& options, const Attended& attended) {
  const AttentionMap heads =
      cls_attention_map(attended.weights.space, attended.keep, attended.config.video.patches_per_frame());
  const AttentionMap map = options.per_head ? heads : mean_of_heads(heads);
  write_maps(options, attended, map);
  print_map(options, attended, map);
  return 0;
}

Page temporal_page(const Chart& chart, const Attended& attended, const PatchPlace& patch) {
  const int64_t side = attended.config.video.image_size / attended.config.video.patch_size;
  const RgbImage marked =
      with_patch_marked(picture_of(attended.clip, patch.frame), side, side, patch.row, patch.column);
  const std::vector<std::byte> png = encode_png(marked.pixels, marked.width, marked.height);
  const Picture picture = {.bytes = {reinterpret_cast<const char*>(png.data()), png.size()},
                           .alt = "the frame with the patch marked",
                           .caption = concat("frame ", patch.frame)};
  return {.title = "Temporal attention",
          .intro = concat("Block ", attended.layer, ", ", attended.config.name, "."),
          .sections = {{.heading = "Over time", .items = {chart, std::vector<Picture>{picture}}}}};
}

int attend_over_time(const AttendOptions& options, const Attended& attended) {
  const PatchPlace patch = {.frame = options.patch[0], .row = options.patch[1], .column = options.patch[2]};
  if (patch.frame >= attended.clip.frames) {
    fail_usage("--patch is in frame ", patch.frame, "; this clip has the frames 0 to ", attended.clip.frames - 1);
  }
  at::Tensor weights =
      temporal_attention(attended.weights.time, attended.keep, attended.config.video.patches_per_frame(), patch);
  if (!options.per_head) weights = weights.mean(0, /*keepdim=*/true);
  const Chart chart = temporal_chart(weights, attended.clip.frame_seconds, patch);
  for (const std::string& path : options.outputs) {
    if (path.ends_with(".npy")) write_tensor(path, weights);
    if (path.ends_with(".svg")) write_whole_file(path, chart_svg(chart));
    if (path.ends_with(".html")) write_whole_file(path, html_page(temporal_page(chart, attended, patch)));
  }
  const std::vector<float> mean = values_of(weights.mean(0));
  nlohmann::ordered_json json = described(options, attended);
  json["patch"] = options.patch;
  json["weights"] = mean;
  if (options.json) {
    print_json(json);
    return 0;
  }
  for (std::size_t frame = 0; frame < attended.clip.frame_seconds.size(); ++frame) {
    print_columns({std::to_string(frame), fixed(attended.clip.frame_seconds[frame], 3), fixed(mean[frame + 1], 4)});
  }
  return 0;
}

int run(const AttendOptions& options) {
  check_outputs(options);
  const Attended attended = attend(options);
  if (attended.clip.frames < attended.weights.space.patches.size(2)) {
    log_info(concat("frames of zeros, which take attention too and are not shown: ",
                    attended.weights.space.patches.size(2) - attended.clip.frames));
  }
  return options.patch.empty() ? attend_over_space(options, attended) : attend_over_time(options, attended);
}

}  // namespace

void add_attend(CLI::App& app, Action& action) {
  add_command<AttendOptions>(
      app, action, "attend", "Show what a model attends to in a video",
      [](CLI::App& command, AttendOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli

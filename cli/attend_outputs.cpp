#include <algorithm>
#include <filesystem>

#include "cli/attend.h"
#include "cli/output.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/attention/attention_pictures.h"
#include "tvts/evaluate/attention/heat_picture.h"
#include "tvts/evaluate/attention/temporal_chart.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/video_writer.h"
#include "tvts/report/page.h"

namespace tvts::cli {
namespace {

std::vector<float> values_of(const at::Tensor& tensor) {
  const at::Tensor values = tensor.contiguous();
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

void write_weights(const std::string& path, const at::Tensor& tensor) {
  write_npy(path, tensor.sizes().vec(), values_of(tensor));
}

std::string png_of(const RgbImage& image) {
  const std::vector<std::byte> png = encode_png(image.pixels, image.width, image.height);
  return {reinterpret_cast<const char*>(png.data()), png.size()};
}

void write_video(const std::string& path, const std::vector<RgbImage>& frames, int frames_per_second) {
  VideoWriter writer(
      path, {.width = frames.front().width, .height = frames.front().height, .frames_per_second = frames_per_second});
  for (const RgbImage& frame : frames) writer.write(frame.pixels);
  writer.finish();
}

void write_map(const AttendOptions& options, const Attended& attended, const AttentionMap& map) {
  const AttentionPictures pictures = attention_pictures(attended.clip, map);
  for (const std::string& path : options.outputs) {
    if (path.ends_with(".npy")) {
      write_weights(path, map.patches);
    } else if (path.ends_with(".png")) {
      write_whole_file(path, png_of(contact_sheet(pictures)));
    } else {
      write_video(path, side_by_side(pictures), options.frames_per_second);
    }
  }
}

// The request, as both summaries show it.
Json described(const AttendOptions& options, const Attended& attended) {
  Json json = path_fields(options.video);
  json["model"] = to_utf8(attended.model_path);
  json["layer"] = attended.layer;
  json["heads"] = options.per_head ? "each" : "mean";
  json["frame_seconds"] = attended.clip.frame_seconds;
  json["frame_indices"] = attended.clip.frame_indices;
  if (attended.keep.defined()) {
    std::vector<int64_t> kept(attended.keep.const_data_ptr<int64_t>(),
                              attended.keep.const_data_ptr<int64_t>() + attended.keep.numel());
    std::ranges::sort(kept);
    json["kept_patches"] = kept;
  }
  return json;
}

// Of one frame: its share of the mean head's attention, and the patch that has most of it.
struct FrameSummary {
  double share = 0;
  int64_t peak_row = 0, peak_column = 0;
};

FrameSummary summary_of(const AttentionMap& mean, int64_t frame) {
  const at::Tensor weights = mean.patches[0][frame].nan_to_num(0);
  const int64_t peak = weights.argmax().item<int64_t>(), columns = weights.size(1);
  return {.share = weights.sum().item<double>(), .peak_row = peak / columns, .peak_column = peak % columns};
}

void print_map(const AttendOptions& options, const Attended& attended, const AttentionMap& map) {
  const AttentionMap mean = mean_of_heads(map);
  Json json = described(options, attended);
  json["cls_weight"] = values_of(map.cls);
  for (int64_t frame = 0; frame < attended.clip.frames; ++frame) {
    const FrameSummary one = summary_of(mean, frame);
    json["frames"].push_back({{"share", one.share}, {"peak_row", one.peak_row}, {"peak_column", one.peak_column}});
    if (options.json) continue;
    print_columns({std::to_string(frame), fixed(attended.clip.frame_seconds[static_cast<std::size_t>(frame)], 3),
                   fixed(one.share, 4), std::to_string(one.peak_row), std::to_string(one.peak_column)});
  }
  if (options.json) print_json(json);
}

Page page_of(const Chart& chart, const Attended& attended, const PatchPosition& patch) {
  const int64_t side = attended.config.video.image_size / attended.config.video.patch_size;
  const RgbImage marked =
      with_patch_marked(picture_of(attended.clip, patch.frame), side, side, patch.row, patch.column);
  const Picture picture = {
      .bytes = png_of(marked), .alt = "the frame with the patch marked", .caption = concat("frame ", patch.frame)};
  return {.title = "Temporal attention",
          .intro = concat("Block ", attended.layer, ", ", attended.config.name, "."),
          .sections = {{.heading = "Over time", .items = {chart, std::vector<Picture>{picture}}}}};
}

void print_over_time(const AttendOptions& options, const Attended& attended, const std::vector<float>& weights) {
  if (options.json) {
    Json json = described(options, attended);
    json["patch"] = options.patch;
    json["weights"] = weights;
    print_json(json);
    return;
  }
  const std::vector<double>& seconds = attended.clip.frame_seconds;
  for (std::size_t frame = 0; frame < seconds.size(); ++frame) {
    print_columns({std::to_string(frame), fixed(seconds[frame], 3), fixed(weights[frame + 1], 4)});
  }
}

}  // namespace

void check_outputs(const AttendOptions& options) {
  const bool over_time = !options.patch.empty();
  const std::vector<std::string> known = over_time ? std::vector<std::string>{".svg", ".html", ".npy"}
                                                   : std::vector<std::string>{".mp4", ".gif", ".png", ".npy"};
  for (const std::string& path : options.outputs) {
    if (std::ranges::find(known, std::filesystem::path(path).extension().native()) != known.end()) continue;
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    fail_usage("--output ", path, ": expected a name that ends in one of ", names,
               over_time ? " (--patch gives a chart)" : " (a chart over time needs --patch)");
  }
}

void show_map(const AttendOptions& options, const Attended& attended) {
  const AttentionMap heads =
      cls_attention_map(attended.weights.space, attended.keep, attended.config.video.patches_per_frame());
  const AttentionMap map = options.per_head ? heads : mean_of_heads(heads);
  write_map(options, attended, map);
  print_map(options, attended, map);
}

void show_patch_over_time(const AttendOptions& options, const Attended& attended) {
  const PatchPosition patch = {.frame = options.patch[0], .row = options.patch[1], .column = options.patch[2]};
  if (patch.frame >= attended.clip.frames) {
    fail_usage("--patch is in frame ", patch.frame, "; this clip has the frames 0 to ", attended.clip.frames - 1);
  }
  at::Tensor weights =
      temporal_attention(attended.weights.time, attended.keep, attended.config.video.patches_per_frame(), patch);
  if (!options.per_head) weights = weights.mean(0, /*keepdim=*/true);
  const Chart chart = temporal_chart(weights, attended.clip.frame_seconds, patch);
  for (const std::string& path : options.outputs) {
    if (path.ends_with(".npy")) write_weights(path, weights);
    if (path.ends_with(".svg")) write_whole_file(path, chart_svg(chart));
    if (path.ends_with(".html")) write_whole_file(path, html_page(page_of(chart, attended, patch)));
  }
  print_over_time(options, attended, values_of(weights.mean(0)));
}

}  // namespace tvts::cli

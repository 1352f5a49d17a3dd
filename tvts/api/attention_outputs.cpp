#include "tvts/api/attention_outputs.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/attention/attention_pictures.h"
#include "tvts/evaluate/attention/heat_picture.h"
#include "tvts/evaluate/attention/temporal_chart.h"
#include "tvts/features/to_vector.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/video_writer.h"
#include "tvts/report/page.h"

namespace tvts {
namespace {

void write_weights(const std::string& path, const at::Tensor& tensor) {
  write_npy(path, tensor.sizes().vec(), to_vector(tensor));
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

}  // namespace

void check_outputs(const api::AttentionRequest& request, bool over_time) {
  if (request.frames_per_second < kFewestPerSecond || request.frames_per_second > kMostPerSecond) {
    fail_usage("--fps is ", request.frames_per_second, "; expected ", kFewestPerSecond, " to ", kMostPerSecond);
  }
  const std::vector<std::string> known = over_time ? std::vector<std::string>{".svg", ".html", ".npy"}
                                                   : std::vector<std::string>{".mp4", ".gif", ".png", ".npy"};
  for (const std::string& path : request.outputs) {
    if (std::ranges::find(known, std::filesystem::path(path).extension().native()) != known.end()) continue;
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    fail_usage("--output ", path, ": expected a name that ends in one of ", names,
               over_time ? " (--patch gives a chart)" : " (a chart over time needs --patch)");
  }
}

void write_map(const api::AttentionRequest& request, const Attended& attended, const AttentionMap& map) {
  if (request.outputs.empty()) return;  // pictures take longer than the map
  const AttentionPictures pictures = attention_pictures(attended.clip, map);
  for (const std::string& path : request.outputs) {
    if (path.ends_with(".npy")) {
      write_weights(path, map.patches);
    } else if (path.ends_with(".png")) {
      write_whole_file(path, png_of(contact_sheet(pictures)));
    } else {
      write_video(path, side_by_side(pictures), request.frames_per_second);
    }
  }
}

void write_over_time(const api::AttentionRequest& request, const Attended& attended, const at::Tensor& weights,
                     const PatchPosition& patch) {
  const Chart chart = temporal_chart(weights, attended.clip.frame_seconds, patch);
  for (const std::string& path : request.outputs) {
    if (path.ends_with(".npy")) write_weights(path, weights);
    if (path.ends_with(".svg")) write_whole_file(path, chart_svg(chart));
    if (path.ends_with(".html")) write_whole_file(path, html_page(page_of(chart, attended, patch)));
  }
}

}  // namespace tvts

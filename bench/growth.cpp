// Measures how time and memory grow with the work. Clips from 10 to 10,000, frames from 1 to 64, pixels from 128 to
// 448, clips in a batch from 1 to 64: nothing should grow faster than its work.
//
//   bench_growth PICTURE.svg [PRECISION]    default: auto
//
// One line a point: what grows, its value, seconds, megabytes at the most, seconds for what the first point of the
// curve counts as one unit of work. The curves of frames, pixels and batches are those of ViT-B/32's sizes, in models
// made for each; that of clips is of a small model and a short video read again and again, so that it shows what goes
// on around the model. A point is measured in a process of its own, since peaks only grow.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "bench/bench.h"
#include "bench/short_video.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/whole_file.h"
#include "tvts/features/video_embedder.h"
#include "tvts/model/plain/initialise.h"
#include "tvts/report/chart.h"

namespace tvts {
namespace {

struct Curve {
  std::string grows;  // with the unit
  std::vector<int64_t> values;
  std::function<double(int64_t value)> work;
  std::function<double(int64_t value)> seconds;  // measured once, in a process of its own
};

InferenceModel random_model(const ModelConfig& config, const std::string& precision) {
  DualEncoder model = make_dual_encoder(config);
  model.text = nullptr;
  initialise(model, 1, TemporalStart::kRandom);
  return {std::move(model), "cpu", precision == "auto" ? fastest_precision(at::kCPU) : precision_named(precision)};
}

ModelConfig base_sized(int64_t frames, int64_t pixels) {
  ModelConfig config = named_model("ViT-B-32");
  config.video.num_frames = frames;
  config.video.image_size = pixels;
  return config;
}

// The faster of two runs after one that is not counted.
double seconds_of_batch(const ModelConfig& config, int64_t batch, const std::string& precision) {
  InferenceModel model = random_model(config, precision);
  const VideoConfig& shape = config.video;
  const at::Tensor video = at::randn({batch, shape.num_frames, 3, shape.image_size, shape.image_size});
  const std::vector<int64_t> frames(static_cast<std::size_t>(batch), shape.num_frames);
  const auto run = [&] { model.embed_videos(video, frames, Pool::kCls); };
  run();
  return std::min(milliseconds_of(run), milliseconds_of(run)) / 1e3;
}

double work_of(const ModelConfig& config) {
  return static_cast<double>(video_multiply_adds(config, config.video.num_frames, config.video.patches_per_frame()));
}

double seconds_of_clips(int64_t clips, const std::string& video, const std::string& precision) {
  ModelConfig config = named_model("ViT-B-32");
  config.embed_dim = 64;
  config.video = {.width = 64, .layers = 2, .heads = 2, .patch_size = 16, .image_size = 64, .num_frames = 12};
  InferenceModel model = random_model(config, precision);
  EmbedOptions options;
  options.clips.num_frames = config.video.num_frames;
  options.clips.image_size = config.video.image_size;
  options.workers = options.replicas = static_cast<std::size_t>(at::get_num_threads());
  return milliseconds_of([&] {
           VideoEmbedder embedder(model, options,
                                  [&, left = clips]() mutable {
                                    return left-- > 0 ? std::optional(MediaItem{.path = video}) : std::nullopt;
                                  },
                                  {});
           while (!embedder.next_group().empty()) {
           }
         }) /
         1e3;
}

std::vector<Curve> curves(const std::string& precision, const std::string& video) {
  const int64_t frames = 12, pixels = 224;
  return {{.grows = "clips, of a small model",
           .values = {10, 100, 1000, 10000},
           .work = [](int64_t clips) { return static_cast<double>(clips); },
           .seconds = [=](int64_t clips) { return seconds_of_clips(clips, video, precision); }},
          {.grows = "frames of a clip",
           .values = {1, 4, 12, 24, 64},
           .work = [=](int64_t count) { return work_of(base_sized(count, pixels)); },
           .seconds = [=](int64_t count) { return seconds_of_batch(base_sized(count, pixels), 1, precision); }},
          {.grows = "pixels of a side",
           .values = {128, 224, 320, 448},
           .work = [=](int64_t side) { return work_of(base_sized(frames, side)); },
           .seconds = [=](int64_t side) { return seconds_of_batch(base_sized(frames, side), 1, precision); }},
          {.grows = "clips in a batch",
           .values = {1, 4, 16, 64},
           .work = [](int64_t batch) { return static_cast<double>(batch); },
           .seconds = [=](int64_t batch) { return seconds_of_batch(base_sized(frames, pixels), batch, precision); }}};
}

// A chart each of seconds and of megabytes.
void measure(const Curve& curve, std::vector<Chart>& charts) {
  ChartSeries seconds = {.name = "seconds"}, by_work = {.name = "the first point's, times the work"},
              megabytes = {.name = "megabytes"};
  double unit = 0;
  for (const int64_t value : curve.values) {
    const Measured point = in_own_process([&] { return curve.seconds(value); });
    const double work = curve.work(value) / curve.work(curve.values.front());
    if (unit == 0) unit = point.seconds;
    std::printf("%s\t%lld\t%.4f\t%.0f\t%.5f\n", curve.grows.c_str(), static_cast<long long>(value), point.seconds,
                point.megabytes, point.seconds / work);
    std::fflush(stdout);
    for (ChartSeries* series : {&seconds, &by_work, &megabytes}) series->x.push_back(static_cast<double>(value));
    seconds.y.push_back(point.seconds);
    by_work.y.push_back(unit * work);
    megabytes.y.push_back(point.megabytes);
  }
  charts.push_back({.title = "Time",
                    .x_label = curve.grows,
                    .y_label = "seconds",
                    .log_x = true,
                    .log_y = true,
                    .series = {seconds, by_work}});
  charts.push_back(
      {.title = "Most memory", .x_label = curve.grows, .y_label = "megabytes", .log_x = true, .series = {megabytes}});
}

int run(int argc, char** argv) {
  if (argc < 2 || argc > 3) fail_usage("expected PICTURE.svg [PRECISION]");
  keep_freed_memory();
  WholeFile picture(argv[1]);
  const auto folder = std::filesystem::temp_directory_path() / concat("bench_growth.", getpid());
  std::filesystem::create_directories(folder);
  std::vector<Chart> charts;
  for (const Curve& curve : curves(argc > 2 ? argv[2] : "auto", draw_short_video(folder / "short.mp4"))) {
    measure(curve, charts);
  }
  std::filesystem::remove_all(folder);
  picture.write(charts_svg(charts));
  picture.commit();
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_growth", tvts::run, argc, argv); }

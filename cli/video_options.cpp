#include "cli/video_options.h"

#include <cmath>

#include "cli/commands.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"

namespace tvts::cli {
namespace {

constexpr std::size_t kMostMebibytes = std::size_t{1} << 40;
constexpr std::size_t kMostWorkers = 1024;

// 0 stands for an option that was not given.
bool is_seconds(double value) { return value == 0 || (std::isfinite(value) && value >= 0.001); }

}  // namespace

Preprocess preprocess_asked(const std::string& name) {
  try {
    return preprocess_named(name);
  } catch (const Error& error) {
    fail_usage("--preprocess: ", error.what());
  }
}

void declare(CLI::App& command, VideoOptions& options) {
  command.add_option("--preprocess", options.preprocess,
                     "tvtsv2-eval, tvtsv2-extract or clip (default: what the model file states)");
  command.add_option("--pool", options.pool,
                     "cls: the video's own embedding; mean: the CLIP baseline, frames averaged (default: what the "
                     "model file states)");
  command.add_option("--num-frames", options.num_frames, "frames of a clip (default: the model's)")->check(at_least(1));
  command.add_option("--window", options.window, "seconds: one embedding per window instead of one per video");
  command.add_option("--stride", options.stride, "seconds from one window's start to the next (default: the window)");
  command.add_flag("--stored-aspect", options.stored_aspect, "ignore the sample aspect ratio, as the published loader");
  command.add_flag("--stored-rotation", options.stored_rotation, "ignore the rotation tag");
  command.add_option("--time-budget", options.time_budget, "seconds for one video")->capture_default_str();
  declare_memory_budget(command, options.memory_budget);
  command.add_option("--batch-size", options.batch_size, "clips that go through the model together")
      ->check(at_least(1))
      ->capture_default_str();
  command.add_option("--workers", options.workers, "threads that decode (default: the cores)")
      ->check(CLI::Range(std::size_t{0}, kMostWorkers, "THREADS"));
}

void declare_memory_budget(CLI::App& command, std::size_t& mebibytes) {
  command.add_option("--memory-budget", mebibytes, "MiB for decoding one video or picture")
      ->check(CLI::Range(std::size_t{1}, kMostMebibytes, "MIB"))
      ->capture_default_str();
}

EmbedOptions resolve(const VideoOptions& options, const ModelSpec& spec) {
  const int64_t most_frames = spec.config.video.num_frames;
  if (options.num_frames < 0 || options.num_frames > most_frames) {
    fail_usage("--num-frames is ", options.num_frames, "; this model takes 1 to ", most_frames);
  }
  if (!is_seconds(options.window) || !is_seconds(options.stride)) {
    fail_usage("--window and --stride are seconds, 0.001 or more");
  }
  if (options.stride > 0 && options.window == 0) fail_usage("--stride needs --window");
  if (!is_seconds(options.time_budget) || options.time_budget == 0)
    fail_usage("--time-budget is in seconds, 0.001 or more");

  EmbedOptions resolved = embed_options(spec);
  if (!options.pool.empty()) resolved.pool = pool_named(options.pool);
  resolved.batch_size = options.batch_size;
  resolved.lanes = thread_count();
  resolved.workers = options.workers > 0 ? options.workers : thread_count();
  ClipOptions& clips = resolved.clips;
  if (!options.preprocess.empty()) clips.preprocess = preprocess_asked(options.preprocess);
  if (options.num_frames > 0) clips.num_frames = options.num_frames;
  clips.rotate = !options.stored_rotation;
  clips.display_aspect = !options.stored_aspect;
  if (options.window > 0) {
    clips.window = {.window_seconds = options.window,
                    .stride_seconds = options.stride > 0 ? options.stride : options.window};
  }
  clips.time_budget_seconds = options.time_budget;
  clips.memory_budget_bytes = options.memory_budget << 20;
  return resolved;
}

}  // namespace tvts::cli

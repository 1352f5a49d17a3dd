#include "cli/video_options.h"

#include "cli/commands.h"
#include "cli/runtime.h"
#include "tvts/core/number_in.h"

namespace tvts::cli {
namespace {

constexpr std::size_t kMostMebibytes = std::size_t{1} << 40;
constexpr std::size_t kMostWorkers = 1024;

// In the library 0 is none; on the command line none is not stated. What else is no number of seconds is refused with
// the other options.
std::string stated_seconds(const std::string& text) {
  return number_in<double>(text) == 0.0 ? "found 0, expected seconds, 0.001 or more" : "";
}

}  // namespace

void declare(CLI::App& command, api::VideoOptions& options) {
  command.add_option("--preprocess", options.preprocess,
                     "tvtsv2-eval, tvtsv2-extract or clip (default: what the model file states)");
  command.add_option("--pool", options.pool,
                     "cls: the video's own embedding; mean: the CLIP baseline, frames averaged (default: what the "
                     "model file states)");
  command.add_option("--num-frames", options.num_frames, "frames of a clip (default: the model's)")->check(at_least(1));
  command.add_option("--window", options.window, "seconds: one embedding per window instead of one per video")
      ->check(stated_seconds);
  command.add_option("--stride", options.stride, "seconds from one window's start to the next (default: the window)")
      ->check(stated_seconds);
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

EmbedOptions resolve(const api::VideoOptions& options, const ModelSpec& spec) {
  return embed_options(options, spec, thread_count());
}

}  // namespace tvts::cli

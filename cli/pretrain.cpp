// tvts pretrain: the paper's training, from a config.
#include "cli/commands.h"
#include "cli/pretrain_plan.h"
#include "cli/runtime.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/log.h"
#include "tvts/core/version.h"
#include "tvts/train/loop/run_precision.h"
#include "tvts/train/loop/trainer.h"

namespace tvts::cli {
namespace {

struct PretrainOptions {
  std::string config;
  std::string output;
  std::string stage;
  std::string start;
  std::int64_t seed = -1;
  bool dry_run = false;
};

void declare(CLI::App& command, PretrainOptions& options) {
  command.add_option("--config", options.config, "the run, as JSON (docs/pretraining.md)")->required();
  command.add_option("--output", options.output, "folder to write to, instead of the config's");
  command.add_option("--stage", options.stage, "video, or image-text: the CLIP-like start; instead of the config's");
  command.add_option("--start", options.start, "model file to start from, instead of the config's");
  command.add_option("--seed", options.seed, "instead of the config's")->check(at_least(0));
  command.add_flag("--dry-run", options.dry_run, "print what the run needs and what is missing; nothing is written");
}

TrainConfig resolved(const PretrainOptions& options) {
  TrainConfig config = read_train_config(options.config);
  if (!options.output.empty()) config.output = options.output;
  if (!options.stage.empty()) config.stage = options.stage;
  if (!options.start.empty()) config.start = options.start;
  if (options.seed >= 0) config.seed = options.seed;
  validate(config, options.config);
  return config;
}

int run(const PretrainOptions& options) {
  keep_freed_memory();
  const TrainConfig config = resolved(options);
  at::set_num_threads(static_cast<int>(thread_count()));
  Collective alone;
  if (options.dry_run) return print_plan(with_precision(config, alone), stop_requested());
  const std::string model =
      train(config, {.vocabulary_path = vocabulary_path(), .code_version = std::string(version()) + " " + revision()},
            alone, stop_requested());
  log_info("wrote " + model);
  return 0;
}

}  // namespace

void add_pretrain(CLI::App& app, Action& action) {
  add_command<PretrainOptions>(
      app, action, "pretrain", "Train a model on narrated and captioned videos",
      [](CLI::App& command, PretrainOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli

// tvts pretrain: the paper's training, from a config.
#include "cli/commands.h"
#include "cli/job.h"
#include "cli/output.h"
#include "tvts/api/pretrain_run.h"
#include "tvts/core/keep_freed_memory.h"

namespace tvts::cli {
namespace {

constexpr double kMegabyte = 1e6, kGiga = 1e9;

struct PretrainOptions {
  api::PretrainRequest request;
  bool dry_run = false;
};

void declare_all(CLI::App& command, PretrainOptions& options) {
  api::PretrainRequest& request = options.request;
  command.add_option("--config", request.config, "the run, as JSON (docs/pretraining.md)")->required();
  command.add_option("--output", request.output, "folder to write to, instead of the config's");
  command.add_option("--stage", request.stage, "video, or image-text: the CLIP-like start; instead of the config's");
  command.add_option("--start", request.start, "model file to start from, instead of the config's");
  command.add_option("--seed", request.seed, "instead of the config's")->check(at_least(0));
  command.add_flag("--dry-run", options.dry_run, "print what the run needs and what is missing; nothing is written");
}

void print_megabytes(const char* what, double bytes) {
  print_columns({"megabytes", what, fixed(bytes / kMegabyte, 1)});
}

void print_plan(const api::PretrainPlan& plan) {
  print_columns({"processes", "", std::to_string(plan.processes)});
  print_columns({"parameters", "trained", std::to_string(plan.trained_parameters)});
  print_columns({"parameters", "frozen", std::to_string(plan.frozen_parameters)});
  print_megabytes("weights", plan.weight_bytes);
  print_megabytes("gradients", plan.gradient_bytes);
  print_megabytes("moments", plan.moment_bytes);
  print_megabytes("activations", plan.activation_bytes);
  print_megabytes("together", plan.weight_bytes + plan.gradient_bytes + plan.moment_bytes + plan.activation_bytes);
  print_columns({"step", "giga multiply-adds", fixed(plan.multiply_adds / kGiga, 3)});
  const std::optional<double> seconds = plan.seconds_per_step;
  if (seconds) print_columns({"step", "seconds", fixed(*seconds, 4)});
  print_columns({"run", "steps", std::to_string(plan.steps)});
  if (seconds) print_columns({"run", "seconds", fixed(*seconds * static_cast<double>(plan.steps), 1)});
  for (const std::string& missing : plan.missing) print_columns({"missing", "", missing});
}

int run(const PretrainOptions& options) {
  keep_freed_memory();
  ProgressOnStderr progress;
  const JobControl control = job_control(progress);
  if (!options.dry_run) {
    run_pretraining(options.request, control);
    return 0;
  }
  const api::PretrainPlan plan = api::plan_pretraining(options.request, {.stop = control.stop});
  print_plan(plan);
  return plan.missing.empty() ? 0 : kSomeInputsFailed;
}

}  // namespace

void add_pretrain(CLI::App& app, Action& action) {
  add_command<PretrainOptions>(
      app, action, "pretrain", "Train a model on narrated and captioned videos",
      [](CLI::App& command, PretrainOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli

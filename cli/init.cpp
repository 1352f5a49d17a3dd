// tvts init: a model file with random weights.
#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/plain/initialise.h"
#include "tvts/model/pretrained/save_model.h"

namespace tvts::cli {
namespace {

struct InitOptions {
  std::string model;
  std::string output;
  std::string temporal_start = "random";
  std::uint64_t seed = 0;
};

void declare(CLI::App& command, InitOptions& options) {
  command.add_option("--model", options.model, "ViT-B-32, ViT-B-16, ViT-H-14 or FILE.json")->required();
  command.add_option("--output", options.output, "model file to write (.safetensors)")->required()->check(no_folder);
  command.add_option("--seed", options.seed, "of the random weights")->check(at_least(0))->capture_default_str();
  command
      .add_option("--temporal-start", options.temporal_start,
                  "temporal attention: random, or zero, as pre-training from an image model starts")
      ->capture_default_str();
}

TemporalStart temporal_start_named(const std::string& name) {
  if (name == "random") return TemporalStart::kRandom;
  if (name == "zero") return TemporalStart::kZero;
  fail_usage("--temporal-start is '", name, "'; expected random or zero");
}

int run(const InitOptions& options) {
  ModelSpec spec;
  spec.config = model_config(options.model);
  spec.tokenizer.special_tokens = default_special_tokens(spec.config.kind);
  spec.origin = concat("random weights, seed ", options.seed, ", temporal start ", options.temporal_start);
  DualEncoder model = make_dual_encoder(spec.config);
  initialise(model, options.seed, temporal_start_named(options.temporal_start));
  throw_if_stopped();
  save_model(options.output, model, spec);
  log_info(concat("wrote ", options.output, ": ", spec.config.name, ", ", spec.origin));
  return 0;
}

}  // namespace

void add_init(CLI::App& app, Action& action) {
  add_command<InitOptions>(
      app, action, "init", "Write a model file with random weights",
      [](CLI::App& command, InitOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli

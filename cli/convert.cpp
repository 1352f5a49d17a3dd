// tvts convert: any readable checkpoint to a model file of our own form.
#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/runtime.h"
#include "cli/video_options.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/pretrained/save_model.h"

namespace tvts::cli {
namespace {

struct ConvertOptions {
  std::string model, pretrained, output;
  StatedOptions stated;
  std::optional<std::string> weights;
  std::string preprocess;  // empty: what the file states, or weights of its origin take
  bool for_training = false;
  bool random_temporal = false;
  std::uint64_t seed = 0;
};

void declare(CLI::App& command, ConvertOptions& options) {
  command.add_option("--pretrained", options.pretrained, "checkpoint to read: a file, or a Hugging Face folder")
      ->required();
  command.add_option("--output", options.output, "model file to write (.safetensors)")->required()->check(no_folder);
  command.add_option("--model", options.model,
                     "what it should hold: ViT-B-32, ViT-B-16, ViT-H-14 or FILE.json (default: what its shapes tell)");
  declare(command, options.stated);
  command.add_option("--weights", options.weights,
                     "which weights to take where the file holds several: their prefix or key, such as state_dict_ema");
  command.add_option("--preprocess", options.preprocess,
                     "what the file should state: tvtsv2-eval, tvtsv2-extract or clip (default: what the weights' file "
                     "states, or their origin takes)");
  command.add_flag("--for-training", options.for_training,
                   "a start for pre-training: random temporal embedding, fresh sort head");
  command.add_flag("--random-temporal", options.random_temporal,
                   "with --for-training: temporal attention starts at random instead of t = 0");
  command.add_option("--seed", options.seed, "of what starts at random")->check(at_least(0))->capture_default_str();
}

int run(const ConvertOptions& options) {
  if (options.random_temporal && !options.for_training) fail_usage("--random-temporal needs --for-training");
  const AskedModel asked = asked_model(options.model, options.stated);
  ModelState state = open_model_state(options.pretrained, asked.config,
                                      {.for_training = options.for_training,
                                       .random_temporal = options.random_temporal,
                                       .activation = asked.activation,
                                       .special_tokens = asked.special_tokens,
                                       .weights = options.weights});
  if (!options.preprocess.empty()) {
    state.spec.preprocess = preprocess_asked(options.preprocess);
    state.spec.preprocess_basis = PreprocessBasis::kUser;
  }
  log(remarks_on(options.pretrained, state));
  throw_if_stopped();
  save_state(options.output, state, options.seed);
  log_info(concat("wrote ", options.output, ": ", state.spec.config.name, ", ", state.entries.size(), " tensors, from ",
                  state.spec.origin));
  return 0;
}

}  // namespace

void add_convert(CLI::App& app, Action& action) {
  add_command<ConvertOptions>(
      app, action, "convert", "Turn any readable checkpoint into a tvts model file",
      [](CLI::App& command, ConvertOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli

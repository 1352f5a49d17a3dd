#include "cli/model_options.h"

#include "cli/runtime.h"
#include "tvts/checkpoint/model_json.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/engine/device.h"

namespace tvts::cli {

void declare(CLI::App& command, StatedOptions& options) {
  command.add_option("--activation", options.activation,
                     "quick_gelu or gelu, where a file of others does not state it (default: by its origin)");
  command.add_option("--special-tokens", options.special_tokens,
                     "openai or open_clip, likewise: how texts spell their start and end");
}

void declare(CLI::App& command, ModelOptions& options) {
  command.add_option("--pretrained", options.pretrained,
                     "model file: tvts .safetensors, TVTSv2 .pth, OpenAI CLIP .pt, OpenCLIP or Hugging Face weights "
                     "(default: the small model that comes with tvts, which knows no real video)");
  command.add_option("--model", options.model, "what the file should hold: ViT-B-32, ViT-B-16, ViT-H-14 or FILE.json");
  declare(command, options.stated);
  command
      .add_option("--precision", options.precision,
                  "matrix products in fp32, bf16 or int8; auto: the fastest that is as good as fp32 (cosine 0.9999)")
      ->capture_default_str();
  command.add_option("--device", options.device, "cpu, cuda or cuda:N")->capture_default_str();
}

ModelConfig model_config(const std::string& name_or_file) {
  return name_or_file.ends_with(".json") ? read_config_file(name_or_file) : named_model(name_or_file);
}

namespace {

// The value that the option names, by a function that throws for an unknown one.
template <class Named>
auto stated_value(const char* option, const std::string& value, Named&& named)
    -> std::optional<decltype(named(value))> {
  if (value.empty()) return std::nullopt;
  try {
    return named(value);
  } catch (const Error& error) {
    fail_usage(option, ": ", error.what());
  }
}

// What the name of a model says of its activation.
std::optional<Activation> activation_of(const std::string& name_or_file, const AskedModel& asked) {
  if (name_or_file.ends_with("-quickgelu")) return Activation::kQuickGelu;
  if (name_or_file.ends_with(".json")) return asked.config->activation;
  return std::nullopt;
}

}  // namespace

AskedModel asked_model(const std::string& name_or_file, const StatedOptions& stated) {
  AskedModel asked;
  asked.activation = stated_value("--activation", stated.activation, activation);
  asked.special_tokens = stated_value("--special-tokens", stated.special_tokens,
                                      [](const std::string& name) { return special_tokens_named(name, "the option"); });
  if (name_or_file.empty()) return asked;
  asked.config = model_config(name_or_file);
  const std::optional<Activation> by_name = activation_of(name_or_file, asked);
  if (by_name && asked.activation && by_name != asked.activation) {
    fail_usage("--model ", name_or_file, " has the activation ", to_string(*by_name), ", --activation says ",
               to_string(*asked.activation), "; leave one of them out");
  }
  if (by_name) asked.activation = by_name;
  return asked;
}

namespace {

Precision precision_of(const ModelOptions& options) {
  if (options.precision != kAutomatic) return precision_named(options.precision);
  return fastest_precision(device_named(options.device));
}

}  // namespace

PretrainedModel load_unsaid(const ModelOptions& options, ModelParts parts) {
  const AskedModel asked = asked_model(options.model, options.stated);
  LoadOptions load_options;
  load_options.asked = asked.config;
  load_options.activation = asked.activation;
  load_options.special_tokens = asked.special_tokens;
  load_options.parts = parts;
  load_options.device = options.device;
  load_options.vocabulary_path = vocabulary_path();
  at::set_num_threads(static_cast<int>(thread_count()));
  load_options.precision = precision_of(options);
  PretrainedModel model = load_model(pretrained_or_small(options.pretrained), load_options);
  if (options.precision == kAutomatic) {
    model.remarks.push_back({LogLevel::kInfo, concat("precision ", to_string(load_options.precision),
                                                     ": the fastest here of those as good as fp32")});
  }
  throw_if_stopped();
  return model;
}

PretrainedModel load(const ModelOptions& options, ModelParts parts) {
  PretrainedModel model = load_unsaid(options, parts);
  log(std::exchange(model.remarks, {}));
  return model;
}

}  // namespace tvts::cli

#include "tvts/api/open_model.h"

#include <cmath>

#include "tvts/api/data_files.h"
#include "tvts/core/error.h"
#include "tvts/model/runtime/device.h"
#include "tvts/model/weights/model_json.h"

namespace tvts {

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

// The activation that the name of a model states.
std::optional<Activation> activation_of(const std::string& name_or_file, const AskedModel& asked) {
  if (name_or_file.ends_with("-quickgelu")) return Activation::kQuickGelu;
  if (name_or_file.ends_with(".json")) return asked.config->activation;
  return std::nullopt;
}

}  // namespace

AskedModel asked_model(const std::string& name_or_file, const std::string& activation_name,
                       const std::string& special_tokens) {
  AskedModel asked;
  asked.activation = stated_value("--activation", activation_name, activation_named);
  asked.special_tokens = stated_value("--special-tokens", special_tokens,
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

Precision precision_of(const api::LoadOptions& options) {
  if (options.precision != kAutomatic) return precision_named(options.precision);
  return fastest_precision(device_named(options.device));
}

}  // namespace

PretrainedModel open_model(const std::string& file, const api::LoadOptions& options, ModelParts parts) {
  const AskedModel asked = asked_model(options.model, options.activation, options.special_tokens);
  LoadOptions load_options;
  load_options.asked = asked.config;
  load_options.activation = asked.activation;
  load_options.special_tokens = asked.special_tokens;
  load_options.parts = parts;
  load_options.device = options.device;
  load_options.vocabulary_path = vocabulary_path();
  load_options.precision = precision_of(options);
  PretrainedModel model = load_model(pretrained_or_small(file), load_options);
  if (options.precision == kAutomatic) {
    model.remarks.push_back({LogLevel::kInfo, concat("precision ", to_string(load_options.precision),
                                                     ": the fastest here of those as good as fp32")});
  }
  return model;
}

namespace {

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

EmbedOptions embed_options(const api::VideoOptions& options, const ModelSpec& spec, std::size_t threads) {
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

  if (options.batch_size == 0) fail_usage("a batch of 0 clips; expected 1 or more");

  EmbedOptions resolved = embed_options(spec);
  if (!options.pool.empty()) resolved.pool = pool_named(options.pool);
  resolved.batch_size = options.batch_size;
  resolved.replicas = threads;
  resolved.workers = options.workers > 0 ? options.workers : threads;
  resolved.normalize = options.normalize;
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

}  // namespace tvts

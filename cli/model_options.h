// --model, --pretrained, --activation, --special-tokens, --precision, --device: which weights, and how they run.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "tvts/pretrained/load_model.h"

namespace tvts::cli {

inline constexpr const char* kAutomatic = "auto";  // the precision that is chosen by measuring

// What a file of others may leave open; empty: what the file states, or its origin tells.
struct StatedOptions {
  std::string activation, special_tokens;
};
void declare(CLI::App& command, StatedOptions& options);

struct ModelOptions {
  std::string pretrained;  // empty: the small model that comes with tvts
  std::string model;       // empty: what the file states
  StatedOptions stated;
  std::string precision = kAutomatic;
  std::string device = "cpu";
};

void declare(CLI::App& command, ModelOptions& options);

// A published name, or a JSON file of sizes.
ModelConfig model_config(const std::string& name_or_file);

// What --model asks of a file, nothing for an empty one, and what --activation and --special-tokens state.
struct AskedModel {
  std::optional<ModelConfig> config;
  std::optional<Activation>
      activation;  // of the option, of a "-quickgelu" name or of a JSON file; else it is left open
  std::optional<SpecialTokens> special_tokens;
};
// Throws Error(kUsage) when the options contradict each other or name what is not there.
AskedModel asked_model(const std::string& name_or_file, const StatedOptions& stated);

// The model with what is to be said about it in `remarks`, the precision that was chosen among it.
PretrainedModel load_unsaid(const ModelOptions& options, ModelParts parts = ModelParts::kBoth);
// The same with the remarks said.
PretrainedModel load(const ModelOptions& options, ModelParts parts = ModelParts::kBoth);

}  // namespace tvts::cli

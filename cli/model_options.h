// --model, --pretrained, --precision, --device: which weights, and how they run.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "tvts/pretrained/load_model.h"

namespace tvts::cli {

inline constexpr const char* kAutomatic = "auto";  // the precision that is chosen by measuring

struct ModelOptions {
  std::string pretrained;  // empty: the small model that comes with tvts
  std::string model;       // empty: what the file states
  std::string precision = kAutomatic;
  std::string device = "cpu";
};

void declare(CLI::App& command, ModelOptions& options);

// A published name, or a JSON file of sizes.
ModelConfig model_config(const std::string& name_or_file);

// What --model asks of a file; nothing for an empty one.
struct AskedModel {
  std::optional<ModelConfig> config;
  std::optional<Activation> activation;  // that the name states: "-quickgelu", or a JSON file; else it is left open
};
AskedModel asked_model(const std::string& name_or_file);

PretrainedModel load(const ModelOptions& options, ModelParts parts = ModelParts::kBoth);

}  // namespace tvts::cli

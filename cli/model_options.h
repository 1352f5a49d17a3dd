// The flags that choose the weights and how they run: --model, --pretrained, --activation, --special-tokens,
// --precision, --device.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tvts/api/open_model.h"

namespace tvts::cli {

// Facts that a file of others may leave open; empty: those that the file states or that follow from its origin.
struct StatedOptions {
  std::string activation, special_tokens;
};
void declare(CLI::App& command, StatedOptions& options);

void declare(CLI::App& command, api::ModelSource& options);

inline AskedModel asked_model(const std::string& name_or_file, const StatedOptions& stated) {
  return tvts::asked_model(name_or_file, stated.activation, stated.special_tokens);
}

// The model with what is to be said about it in `remarks`, the precision that was chosen among it.
PretrainedModel load_unsaid(const api::ModelSource& source, ModelParts parts = ModelParts::kBoth);
// The same with the remarks said.
PretrainedModel load(const api::ModelSource& source, ModelParts parts = ModelParts::kBoth);

}  // namespace tvts::cli

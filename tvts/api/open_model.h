// Opens a model by the options that a user gave as text: for the command and for the public interface.
#pragma once

#include <optional>
#include <string>

#include "tvts/api/tvts.h"
#include "tvts/features/embed_clips.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts {

inline constexpr const char* kAutomatic = "auto";  // the precision that is chosen by measuring

// A published name, or a JSON file of sizes.
ModelConfig model_config(const std::string& name_or_file);

// The requirements that LoadOptions state of a model file: by `model` (none where it is empty), activation and
// special_tokens.
struct AskedModel {
  std::optional<ModelConfig> config;
  // Of the option, of a "-quickgelu" name or of a JSON file; else it is left open.
  std::optional<Activation> activation;
  std::optional<SpecialTokens> special_tokens;
};
// Throws Error(kUsage) when the options contradict each other or name what is not there.
AskedModel asked_model(const std::string& name_or_file, const std::string& activation,
                       const std::string& special_tokens);

// Remarks about the model, the chosen precision among them, are in its `remarks`.
// Throws what api::Model::load() throws.
PretrainedModel open_model(const std::string& file, const api::LoadOptions& options,
                           ModelParts parts = ModelParts::kBoth);

// The preprocessing that --preprocess names. Throws Error(kUsage).
Preprocess preprocess_asked(const std::string& name);

// threads: batches in the model at once, and threads that decode.
// Throws Error(kUsage) when a value makes no sense, Error(kInput) when the model cannot do it.
EmbedOptions embed_options(const api::VideoOptions& options, const ModelSpec& spec, std::size_t threads);

}  // namespace tvts

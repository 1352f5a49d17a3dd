// Model configurations and model specs as text: JSON files, and the metadata of a model file (docs/formats-model.md).
#pragma once

#include <map>
#include <string>

#include "tvts/config/model_spec.h"

namespace tvts {

// Keys are the fields' names. Indented, ends in a newline.
std::string config_to_json(const ModelConfig& config);
// Validated. Missing keys keep their defaults; an unknown key is an error that names the nearest known one.
// Throws Error(kInput) with `where` (a file name) in front.
ModelConfig config_from_json(const std::string& json, const std::string& where);
ModelConfig read_config_file(const std::string& path);

inline constexpr const char* kModelFormat = "tvts-model-1";

using Metadata = std::map<std::string, std::string>;
Metadata spec_to_metadata(const ModelSpec& spec);
// "openai" or "open_clip", as the metadata says it.
std::string to_string(SpecialTokens tokens);
// Throws Error(kUsage) with `where` in front, listing the names.
SpecialTokens special_tokens_named(const std::string& name, const std::string& where);

// True if the metadata is that of a model file of ours, of any version.
bool is_model_metadata(const Metadata& metadata);
// Throws Error(kInput) naming `where` when the version is another or a key is missing or wrong.
ModelSpec spec_from_metadata(const Metadata& metadata, const std::string& where);

}  // namespace tvts

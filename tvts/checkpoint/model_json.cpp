#include "tvts/checkpoint/model_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tvts/checkpoint/model_fields.h"
#include "tvts/core/edit_distance.h"
#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostConfigBytes = 1 << 20;

// "video.width" is {"video": {"width": ...}}.
Json::json_pointer pointer_to(std::string field) {
  std::replace(field.begin(), field.end(), '.', '/');
  return Json::json_pointer("/" + field);
}

void require_known(const std::string& key, const std::string& where) {
  std::string nearest;
  bool known = false;
  const ModelConfig any;
  visit_fields(any, [&](const std::string& field, const auto&) {
    known = known || field == key;
    if (nearest.empty() || edit_distance(key, field) < edit_distance(key, nearest)) nearest = field;
  });
  if (!known) fail_input(where, ": unknown key '", key.substr(0, 100), "'; the nearest one is '", nearest, "'");
}

void require_known_keys(const Json& json, const std::string& where) {
  constexpr std::size_t kLongestKey = 100;  // keeps the search for the nearest one short
  for (const auto& [key, value] : json.items()) {
    if (!value.is_object()) require_known(key.substr(0, kLongestKey), where);
    if (!value.is_object()) continue;
    for (const auto& [inner, unused] : value.items()) require_known((key + "." + inner).substr(0, kLongestKey), where);
  }
}

void read(const Json& json, std::string& value) { value = json.get<std::string>(); }
void read(const Json& json, ModelKind& value) { value = model_kind(json.get<std::string>()); }
void read(const Json& json, Activation& value) { value = activation(json.get<std::string>()); }
void read(const Json& json, int64_t& value) {
  if (!json.is_number_integer()) fail_input("it should be a whole number");
  value = json.get<int64_t>();
}

Json written(const std::string& value) { return value; }
Json written(int64_t value) { return value; }
Json written(ModelKind value) { return to_string(value); }
Json written(Activation value) { return to_string(value); }

Json config_json(const ModelConfig& config) {
  Json json = Json::object();
  visit_fields(config, [&](const char* field, const auto& value) { json[pointer_to(field)] = written(value); });
  return json;
}

const std::string& required(const Metadata& metadata, const std::string& key, const std::string& where) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) fail_input(where, ": the metadata of this model file lacks '", key, "': it is damaged");
  return found->second;
}

constexpr std::string_view kFormatFamily = "tvts-model-";

std::string special_tokens_name(SpecialTokens tokens) {
  return tokens == SpecialTokens::kOpenClip ? "open_clip" : "openai";
}

SpecialTokens special_tokens_named(const std::string& name, const std::string& where) {
  if (name == "openai") return SpecialTokens::kOpenAi;
  if (name == "open_clip") return SpecialTokens::kOpenClip;
  fail_input(where, ": special_tokens is '", name, "'; expected openai or open_clip");
}

}  // namespace

std::string config_to_json(const ModelConfig& config) { return config_json(config).dump(2) + "\n"; }

ModelConfig config_from_json(const std::string& text, const std::string& where) {
  ModelConfig config;
  try {
    const Json json = Json::parse(text);
    if (!json.is_object()) fail_input(where, ": a model config is a JSON object");
    require_known_keys(json, where);
    visit_fields(config, [&](const std::string& field, auto& value) {
      const Json::json_pointer pointer = pointer_to(field);
      if (!json.contains(pointer)) return;
      try {
        read(json.at(pointer), value);
      } catch (const std::exception& error) {
        fail_input(where, ": ", field, ": ", error.what());
      }
    });
  } catch (const Json::exception& error) {
    fail_input(where, " is not a JSON model config: ", error.what());
  }
  validate(config);
  return config;
}

ModelConfig read_config_file(const std::string& path) {
  return config_from_json(read_small_file(path, kMostConfigBytes), path);
}

Metadata spec_to_metadata(const ModelSpec& spec) {
  Metadata metadata = {{"format", kModelFormat},
                       {"model", config_json(spec.config).dump()},
                       {"preprocess", to_string(spec.preprocess)},
                       {"special_tokens", special_tokens_name(spec.tokenizer.special_tokens)},
                       {"origin", spec.origin}};
  if (!spec.tokenizer.merges.empty()) metadata["merges"] = spec.tokenizer.merges;
  return metadata;
}

bool is_model_metadata(const Metadata& metadata) {
  const auto format = metadata.find("format");
  return format != metadata.end() && format->second.starts_with(kFormatFamily);
}

ModelSpec spec_from_metadata(const Metadata& metadata, const std::string& where) {
  const std::string& format = required(metadata, "format", where);
  if (format != kModelFormat) {
    fail_input(where, " has the format '", format, "', this program reads '", kModelFormat,
               "': it was written by another version; update tvts, or convert the original weights again");
  }
  ModelSpec spec;
  spec.config = config_from_json(required(metadata, "model", where), where + ": metadata 'model'");
  spec.preprocess = preprocess_named(required(metadata, "preprocess", where));
  spec.tokenizer.special_tokens = special_tokens_named(required(metadata, "special_tokens", where), where);
  spec.origin = required(metadata, "origin", where);
  const auto merges = metadata.find("merges");
  if (merges != metadata.end()) spec.tokenizer.merges = merges->second;
  return spec;
}

}  // namespace tvts

#include "tvts/model/weights/model_json.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/model/weights/model_fields.h"

namespace tvts {

void read_field(const Json& json, ModelKind& value) { value = model_kind_named(json.get<std::string>()); }
void read_field(const Json& json, Activation& value) { value = activation_named(json.get<std::string>()); }
Json written_field(ModelKind value) { return to_string(value); }
Json written_field(Activation value) { return to_string(value); }

namespace {

constexpr std::size_t kMostConfigBytes = 1 << 20;

const std::string& required(const Metadata& metadata, const std::string& key, const std::string& where) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) fail_input(where, ": the metadata of this model file lacks '", key, "': it is damaged");
  return found->second;
}

constexpr std::string_view kFormatFamily = "tvts-model-";

constexpr const char* kBasisKey = "preprocess_by";

// Nothing for kOrigin, which no key states.
std::string basis_name(PreprocessBasis basis) {
  switch (basis) {
    case PreprocessBasis::kOrigin: return "";
    case PreprocessBasis::kRun: return "run";
    case PreprocessBasis::kUser: return "user";
  }
  TVTS_ASSERT(false);
}

PreprocessBasis basis_named(const std::string& name, const std::string& where) {
  for (const PreprocessBasis basis : {PreprocessBasis::kRun, PreprocessBasis::kUser}) {
    if (name == basis_name(basis)) return basis;
  }
  fail_input(where, ": ", kBasisKey, " is '", name, "'; expected run or user");
}

Pool stated_pool(const std::string& name, const std::string& where) {
  for (const Pool pool : {Pool::kCls, Pool::kMean}) {
    if (name == to_string(pool)) return pool;
  }
  fail_input(where, ": pool is '", name, "'; expected cls or mean");
}

// A name that a file states: an unknown one is an error of the file.
template <class Named>
auto named_in_file(Named&& named) {
  try {
    return named();
  } catch (const Error& error) {
    fail_input(error.what());
  }
}

// It is shown as it is, so it must not steer a terminal.
const std::string& checked_notice(const std::string& notice, const std::string& where) {
  if (!is_notice(notice)) {
    fail_input(where, ": metadata 'notice' has ", notice.size(), " bytes; expected one line of at most ",
               kMostNoticeBytes, " without control characters");
  }
  return notice;
}

}  // namespace

std::string config_to_json(const ModelConfig& config) { return fields::written_fields(config).dump(2) + "\n"; }

ModelConfig config_from_json(const std::string& text, const std::string& where) {
  const Json json = fields::parse_object(text, where, "a model config");
  fields::require_known_keys<ModelConfig>(json, where);
  ModelConfig config;
  fields::read_fields(json, where, config);
  validate(config);
  return config;
}

ModelConfig read_config_file(const std::string& path) {
  return config_from_json(read_file(path, kMostConfigBytes), path);
}

Metadata spec_to_metadata(const ModelSpec& spec) {
  Metadata metadata = {{"format", kModelFormat},
                       {"model", fields::written_fields(spec.config).dump()},
                       {"preprocess", to_string(spec.preprocess)},
                       {"special_tokens", to_string(spec.tokenizer.special_tokens)},
                       {"origin", spec.origin}};
  const std::string basis = basis_name(spec.preprocess_basis);
  if (!basis.empty()) metadata[kBasisKey] = basis;
  if (spec.pool != Pool::kCls) metadata["pool"] = to_string(spec.pool);
  if (!spec.tokenizer.merges.empty()) metadata["merges"] = spec.tokenizer.merges;
  if (!spec.notice.empty()) metadata["notice"] = spec.notice;
  return metadata;
}

std::string to_string(SpecialTokens tokens) { return tokens == SpecialTokens::kOpenClip ? "open_clip" : "openai"; }

SpecialTokens special_tokens_named(const std::string& name, const std::string& where) {
  if (name == "openai") return SpecialTokens::kOpenAi;
  if (name == "open_clip") return SpecialTokens::kOpenClip;
  fail_usage(where, ": special_tokens is '", name, "'; expected openai or open_clip");
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
  spec.preprocess = named_in_file([&] { return preprocess_named(required(metadata, "preprocess", where)); });
  spec.tokenizer.special_tokens =
      named_in_file([&] { return special_tokens_named(required(metadata, "special_tokens", where), where); });
  spec.origin = required(metadata, "origin", where);
  const auto basis = metadata.find(kBasisKey);
  if (basis != metadata.end()) spec.preprocess_basis = basis_named(basis->second, where);
  const auto pool = metadata.find("pool");
  if (pool != metadata.end()) spec.pool = stated_pool(pool->second, where);
  const auto merges = metadata.find("merges");
  if (merges != metadata.end()) spec.tokenizer.merges = merges->second;
  const auto notice = metadata.find("notice");
  if (notice != metadata.end()) spec.notice = checked_notice(notice->second, where);
  return spec;
}

}  // namespace tvts

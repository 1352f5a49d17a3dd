#include "tvts/model/weights/model_state.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "tvts/core/error.h"
#include "tvts/model/weights/check.h"
#include "tvts/model/weights/infer.h"
#include "tvts/model/weights/model_json.h"

namespace tvts {
namespace {

// The statement of a file of ours wins, and contradicting it is an error.
ModelSpec stated_spec(const Checkpoint& checkpoint, std::optional<ModelConfig> asked, const OpenOptions& options) {
  ModelSpec spec = spec_from_metadata(checkpoint.metadata, checkpoint.path);
  if (asked && options.activation) asked->activation = *options.activation;
  if (asked) require_same(*asked, spec.config, checkpoint.path);
  const bool other_activation = options.activation && *options.activation != spec.config.activation;
  const bool other_tokens = options.special_tokens && *options.special_tokens != spec.tokenizer.special_tokens;
  if (other_activation || other_tokens) {
    fail_input(checkpoint.path, " states ", other_activation ? "the activation " : "the special tokens ",
               other_activation ? to_string(spec.config.activation) : to_string(spec.tokenizer.special_tokens),
               ", another was asked for; convert it again from its source (", spec.origin,
               ") if it states the wrong one");
  }
  return spec;
}

// Whose literal start and end tokens the text encoder was trained with.
SpecialTokens special_tokens_by_origin(Family family, ModelKind kind) {
  switch (family) {
    case Family::kTvtsv2: return default_special_tokens(kind);
    case Family::kOpenClip:
    case Family::kOpenClipCustom: return SpecialTokens::kOpenClip;
    case Family::kOpenAiClip:
    case Family::kHuggingFaceClip: return SpecialTokens::kOpenAi;
  }
  return SpecialTokens::kOpenAi;
}

// The family by the tensors, or what the config beside the file or the user says where those leave two possible.
Family origin_of(const Checkpoint& checkpoint, const OpenOptions& options) {
  const Family family = family_of(checkpoint);
  const bool has_openai_names = family == Family::kOpenAiClip || family == Family::kOpenClip;
  if (!has_openai_names || is_certain(checkpoint, family)) return family;
  if (is_open_clip_config(checkpoint.neighbour_config)) return Family::kOpenClip;
  if (options.special_tokens == SpecialTokens::kOpenAi) return Family::kOpenAiClip;
  const bool not_of_openai =
      options.special_tokens == SpecialTokens::kOpenClip || options.activation == Activation::kGelu;
  return not_of_openai ? Family::kOpenClip : family;
}

bool holds_sort_head(const Checkpoint& checkpoint) {
  return std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                     [](const NamedTensor& tensor) { return tensor.name.starts_with("pred_model."); });
}

int64_t segments_of(const Checkpoint& checkpoint, int64_t fallback) {
  constexpr int64_t kMostSegments = 4096;
  const TensorView* head = checkpoint.find("pred_model.head.weight");
  const bool is_plausible =
      head != nullptr && !head->shape.empty() && head->shape[0] > 0 && head->shape[0] <= kMostSegments;
  return is_plausible ? head->shape[0] : fallback;
}

std::vector<ExpectedTensor> expected_with_head(const ModelConfig& config, int64_t segments) {
  std::vector<ExpectedTensor> expected = expected_tensors(config);
  for (ExpectedTensor& tensor : expected_sort_head(config, segments)) expected.push_back(std::move(tensor));
  return expected;
}

// The tensors that the file should hold; its own sort head is checked even where it will be dropped.
std::vector<ExpectedTensor> expected_in_file(const Checkpoint& checkpoint, const ModelConfig& config) {
  constexpr int64_t kUsualSegments = 4;
  if (!holds_sort_head(checkpoint)) return expected_tensors(config);
  return expected_with_head(config, segments_of(checkpoint, kUsualSegments));
}

// The tensors behind a contradiction, where a few are wrong and not the whole model is another.
std::string tensors_against(const Checkpoint& checkpoint, Family family, const ModelConfig& asked) {
  constexpr std::size_t kFew = 20;
  const StateFindings findings = compare_state(checkpoint, family, expected_in_file(checkpoint, asked));
  return findings.count() <= kFew ? findings.text() : "";
}

void require_asked(const Checkpoint& checkpoint, Family family, ModelConfig asked, const ModelConfig& found,
                   const OpenOptions& options) {
  validate(asked);
  if (is_clip(family)) asked.activation = found.activation;
  if (options.activation) asked.activation = *options.activation;
  if (asked == found) return;
  require_same(asked, found, checkpoint.path, tensors_against(checkpoint, family, asked));
}

ModelSpec inferred_spec(const Checkpoint& checkpoint, Family family, const std::optional<ModelConfig>& asked,
                        const OpenOptions& options, ModelState& state) {
  Inferred inferred = infer_config(checkpoint, family, {asked, options.activation, options.num_frames});
  if (asked) require_asked(checkpoint, family, *asked, inferred.config, options);
  validate(inferred.config);
  std::move(inferred.notes.begin(), inferred.notes.end(), std::back_inserter(state.notes));
  std::move(inferred.warnings.begin(), inferred.warnings.end(), std::back_inserter(state.warnings));
  ModelSpec spec;
  spec.config = std::move(inferred.config);
  spec.preprocess = is_clip(family) ? Preprocess::kClip : Preprocess::kTvtsv2Eval;
  spec.tokenizer.special_tokens = options.special_tokens.value_or(special_tokens_by_origin(family, spec.config.kind));
  spec.origin = to_string(family) + " " + std::filesystem::path(checkpoint.path).filename().string();
  return spec;
}

StateEntry entry_of(const Checkpoint& checkpoint, const ModelState& state, const ExpectedTensor& tensor,
                    const OpenOptions& options) {
  const auto source = source_of(state.family, tensor.name);
  if (source && checkpoint.find(source->names[0]) != nullptr) {
    return {tensor.name, tensor.shape, tensor_of(checkpoint, *source), source->names};
  }
  const FreshStart start{options.for_training, options.random_temporal};
  return {tensor.name, tensor.shape, fresh_start(tensor, state.spec.config, start), {}};
}

}  // namespace

ModelState open_model_state(const std::string& path, const std::optional<ModelConfig>& asked,
                            const OpenOptions& options) {
  return model_state_of(read_checkpoint(path, options.weights), asked, options);
}

ModelState model_state_of(const Checkpoint& checkpoint, const std::optional<ModelConfig>& asked,
                          const OpenOptions& options) {
  ModelState state;
  state.path = checkpoint.path;
  state.files = checkpoint.files;
  state.notes = checkpoint.notes;
  state.warnings = checkpoint.warnings;
  state.family = origin_of(checkpoint, options);
  state.converted_from_clip = is_clip(state.family);
  state.spec = is_model_metadata(checkpoint.metadata) ? stated_spec(checkpoint, asked, options)
                                                      : inferred_spec(checkpoint, state.family, asked, options, state);
  const ModelConfig& config = state.spec.config;
  check_state(checkpoint, state.family, config.name, expected_in_file(checkpoint, config));

  const bool in_file = holds_sort_head(checkpoint);
  state.has_sort_head = options.for_training || (options.keep_sort_head && in_file);
  state.segments = state.has_sort_head ? segments_of(checkpoint, options.segments) : 0;
  if (state.has_sort_head && !in_file) state.notes.push_back("the file has no sort head: a fresh one is made");
  const auto expected = state.has_sort_head ? expected_with_head(config, state.segments) : expected_tensors(config);
  for (const ExpectedTensor& tensor : expected) state.entries.push_back(entry_of(checkpoint, state, tensor, options));
  return state;
}

void ModelState::check_size() const {
  for (const auto& file : files) file->check_size();
}

void ModelState::release_pages() const {
  for (const auto& file : files) file->release_pages();
}

}  // namespace tvts

#include "tvts/checkpoint/model_state.h"

#include <algorithm>
#include <filesystem>

#include "tvts/checkpoint/check.h"
#include "tvts/checkpoint/infer.h"
#include "tvts/checkpoint/model_json.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

// What a file of ours states wins, and contradicting it is an error.
ModelSpec stated_spec(const Checkpoint& checkpoint, std::optional<ModelConfig> asked, const OpenOptions& options) {
  ModelSpec spec = spec_from_metadata(checkpoint.metadata, checkpoint.path);
  if (asked && options.activation) asked->activation = *options.activation;
  if (asked) require_same(*asked, spec.config, checkpoint.path);
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

ModelSpec inferred_spec(const Checkpoint& checkpoint, Family family, std::optional<ModelConfig> asked,
                        const OpenOptions& options, std::vector<std::string>& notes) {
  Inferred inferred = infer_config(checkpoint, family, {asked, options.activation, options.num_frames});
  if (asked) {
    if (options.activation)
      asked->activation = *options.activation;
    else if (is_clip(family))
      asked->activation = inferred.config.activation;
    require_same(*asked, inferred.config, checkpoint.path);
  }
  validate(inferred.config);
  notes.insert(notes.end(), inferred.notes.begin(), inferred.notes.end());
  ModelSpec spec;
  spec.config = std::move(inferred.config);
  spec.preprocess = is_clip(family) ? Preprocess::kClip : Preprocess::kTvtsv2Eval;
  spec.tokenizer.special_tokens = special_tokens_by_origin(family, spec.config.kind);
  spec.origin = to_string(family) + " " + std::filesystem::path(checkpoint.path).filename().string();
  return spec;
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
  const Checkpoint checkpoint = read_checkpoint(path);
  ModelState state;
  state.family = family_of(checkpoint);
  state.converted_from_clip = is_clip(state.family);
  state.keep_alive = checkpoint.file;
  state.spec = is_model_metadata(checkpoint.metadata)
                   ? stated_spec(checkpoint, asked, options)
                   : inferred_spec(checkpoint, state.family, asked, options, state.notes);
  // The file's own sort head is checked even where it is dropped: it says whether the file is whole.
  std::vector<ExpectedTensor> expected = expected_tensors(state.spec.config);
  const std::size_t without_head = expected.size();
  const bool in_file = !state.converted_from_clip && holds_sort_head(checkpoint);
  state.segments = in_file ? segments_of(checkpoint, options.segments) : options.segments;
  const auto head = expected_sort_head(state.spec.config, state.segments);
  if (in_file) expected.insert(expected.end(), head.begin(), head.end());
  check_state(checkpoint, state.family, state.spec.config, expected);

  state.has_sort_head = options.for_training || (options.keep_sort_head && in_file);
  expected.resize(without_head);
  if (state.has_sort_head) expected.insert(expected.end(), head.begin(), head.end());
  if (!state.has_sort_head) state.segments = 0;
  if (state.has_sort_head && !in_file) state.notes.push_back("the file has no sort head: a fresh one is made");
  for (const ExpectedTensor& tensor : expected) state.entries.push_back(entry_of(checkpoint, state, tensor, options));
  return state;
}

}  // namespace tvts

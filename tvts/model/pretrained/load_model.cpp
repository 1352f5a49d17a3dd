#include "tvts/model/pretrained/load_model.h"

#include <cstdint>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/model/pretrained/entry_values.h"
#include "tvts/text/vocabulary.h"

namespace tvts {
namespace {

// The entry's bytes in the mapped file, when they are float32 there, in order and aligned.
const std::byte* mapped_floats(const StateEntry& entry) {
  const TensorParts* tensor = entry.tensor();
  if (tensor == nullptr || tensor->parts.size() != 1) return nullptr;
  const TensorView& view = tensor->parts.front();
  const bool aligned = reinterpret_cast<std::uintptr_t>(view.storage.data()) % alignof(float) == 0;
  return view.dtype == DType::F32 && view.is_contiguous() && aligned ? view.storage.data() : nullptr;
}

at::Tensor values_of(const StateEntry& entry, const ModelState& state) {
  state.check_size();
  if (const std::byte* floats = mapped_floats(entry)) {
    return at::from_blob(
        const_cast<std::byte*>(floats), entry.shape, [files = state.files](void*) {}, at::kFloat);
  }
  const at::Tensor values = at::empty(entry.shape, at::kFloat);
  write_values(entry, /*seed=*/0, {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
  return values;
}

// Points the model's parameters at the state's values.
void fill_parameters(DualEncoder& model, const ModelState& state) {
  std::unordered_map<std::string, const StateEntry*> entries;
  for (const StateEntry& entry : state.entries) entries[entry.name] = &entry;
  for (auto& [name, parameter] : named_parameters(model)) {
    const auto found = entries.find(name);
    TVTS_ASSERT(found != entries.end() && at::IntArrayRef(found->second->shape) == parameter.sizes());
    parameter.requires_grad_(false);
    parameter.set_data(values_of(*found->second, state));
  }
}

// The warning about a run of an earlier version, which left what its start had stated.
std::optional<Remark> remark_on_preprocess(const std::string& path, const ModelSpec& spec) {
  const std::string stated = to_string(spec.preprocess), trained = to_string(trained_preprocess(spec));
  if (!spec.origin.starts_with(kTrainedOrigin) || stated == trained) return std::nullopt;
  return Remark{LogLevel::kWarning,
                concat(path, ": trained by an earlier tvts on the preprocessing ", trained,
                       ", and states its start's, ", stated, "; 'tvts convert --pretrained ", path, " --preprocess ",
                       trained, " --output FILE' writes one that states the right one")};
}

}  // namespace

std::vector<Remark> remarks_on(const std::string& path, const ModelState& state) {
  std::vector<Remark> remarks;
  const auto add = [&](LogLevel level, const std::string& text) { remarks.push_back({level, path + ": " + text}); };
  for (const std::string& note : state.notes) add(LogLevel::kInfo, note);
  for (const std::string& warning : state.warnings) add(LogLevel::kWarning, warning);
  if (!state.spec.notice.empty()) add(LogLevel::kWarning, state.spec.notice);
  if (auto preprocess = remark_on_preprocess(path, state.spec)) remarks.push_back(std::move(*preprocess));
  return remarks;
}

DualEncoder dual_encoder_of(const ModelState& state, ModelParts parts) {
  DualEncoder model = make_dual_encoder(state.spec.config);
  if (parts == ModelParts::kTextOnly) model.video = nullptr;
  if (state.has_sort_head) model.sort_head = SortHead(model.config.embed_dim, state.segments);
  fill_parameters(model, state);
  return model;
}

Tokenizer make_tokenizer(const ModelSpec& spec, const std::string& vocabulary_path) {
  const TokenizerOptions options = {.context_length = spec.config.text.context_length,
                                    .special_tokens = spec.tokenizer.special_tokens};
  constexpr int64_t kWithoutMerges = kByteTokens + 2;  // two special tokens
  const int64_t merges = spec.config.text.vocab_size - kWithoutMerges;
  if (merges < 0) {
    fail_input("the model has ", spec.config.text.vocab_size, " text tokens, expected at least ", kWithoutMerges,
               ": one a byte, twice, and two special ones; texts for it cannot be made here");
  }
  const Vocabulary vocabulary = spec.tokenizer.merges.empty()
                                    ? Vocabulary::from_file(vocabulary_path).prefix(static_cast<std::size_t>(merges))
                                    : Vocabulary::from_merges(spec.tokenizer.merges);
  Tokenizer tokenizer(vocabulary, options);
  if (tokenizer.vocab_size() != spec.config.text.vocab_size) {
    fail_input("the model has ", spec.config.text.vocab_size, " text tokens and the merges it carries make ",
               tokenizer.vocab_size(), "; convert it again from its source");
  }
  return tokenizer;
}

PretrainedModel load_model(const std::string& path, const LoadOptions& options) {
  const ModelState state = open_model_state(path, options.asked,
                                            {.keep_sort_head = options.keep_sort_head,
                                             .activation = options.activation,
                                             .special_tokens = options.special_tokens});
  DualEncoder model = dual_encoder_of(state, options.parts);
  SortHead sort_head = model.sort_head;
  InferenceModel placed(std::move(model), options.device, options.precision, [&] { state.release_pages(); });
  if (state.has_sort_head) sort_head->to(placed.device());
  return {.path = state.path,
          .spec = state.spec,
          .model = std::move(placed),
          .sort_head = std::move(sort_head),
          .segments = state.has_sort_head ? state.segments : 0,
          .tokenizer = make_tokenizer(state.spec, options.vocabulary_path),
          .remarks = remarks_on(path, state)};
}

}  // namespace tvts

#include "tvts/train/start_model.h"

#include "tvts/checkpoint/model_json.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/initialise.h"
#include "tvts/pretrained/load_model.h"

namespace tvts {
namespace {

ModelConfig named_or_read(const std::string& model) {
  return model.ends_with(".json") ? read_config_file(model) : named_model(model);
}

StartedModel from_random(const TrainConfig& config, const std::string& vocabulary_path) {
  ModelSpec spec;
  spec.config = named_or_read(config.model);
  spec.tokenizer.special_tokens = default_special_tokens(spec.config.kind);
  spec.origin = concat("random weights, seed ", config.seed);
  DualEncoder model = make_dual_encoder(spec.config);
  initialise(model, static_cast<std::uint64_t>(config.seed), TemporalStart::kZero);
  return {.spec = spec, .model = std::move(model), .tokenizer = make_tokenizer(spec, vocabulary_path)};
}

// A mapped file's weights are read-only; training needs its own.
void own_weights(DualEncoder& model) {
  for (auto& [name, parameter] : named_parameters(model)) parameter.set_data(parameter.clone());
}

StartedModel from_file(const TrainConfig& config, int64_t segments, const std::string& vocabulary_path) {
  const OpenOptions options = {.keep_sort_head = segments > 0, .segments = segments};
  const std::optional<ModelConfig> asked =
      config.model.empty() ? std::nullopt : std::optional(named_or_read(config.model));
  const ModelState state = open_model_state(config.start, asked, options);
  for (const std::string& note : state.notes) log_info(config.start + ": " + note);
  if (segments > 0 && state.has_sort_head && state.segments != segments) {
    fail_input(config.start, " has a sort head for ", state.segments, " texts and the corpora have ", segments,
               "; start from a file without one, or sort as many");
  }
  DualEncoder model = make_dual_encoder(state.spec.config);
  if (segments > 0 && state.has_sort_head) model.sort_head = SortHead(model.config.embed_dim, segments);
  fill_parameters(model, state);
  own_weights(model);
  return {.spec = state.spec, .model = std::move(model), .tokenizer = make_tokenizer(state.spec, vocabulary_path)};
}

void start_temporal(DualEncoder& model, const TrainConfig& config) {
  const auto seed = static_cast<std::uint64_t>(config.seed);
  if (config.stage == "image-text") {
    initialise_temporal(model, seed, TemporalStart::kZero);
    const at::NoGradGuard no_grad;
    for (auto& [name, parameter] : named_parameters(model)) {
      if (name == "video_model.temporal_embedding") parameter.zero_();
    }
  } else if (config.temporal_start != "keep") {
    initialise_temporal(model, seed, config.temporal_start == "zero" ? TemporalStart::kZero : TemporalStart::kRandom);
  }
}

}  // namespace

int64_t sorted_segments(const TrainConfig& config, int64_t num_frames) {
  int64_t segments = 0;
  for (const CorpusConfig& corpus : config.corpora) {
    if (corpus.sorting == "none") continue;
    const int64_t own = corpus.sorting == "clips" ? kJoinedClips : corpus.segments;
    if (segments != 0 && segments != own) {
      fail_input("the corpora sort ", segments, " and ", own, " texts; one sort head orders one number of them");
    }
    if (corpus.sorting == "clips" && (num_frames % own != 0 || corpus.batch % own != 0)) {
      fail_input("corpus ", corpus.name, ": ", own, " clips are joined into one, and ", num_frames, " frames and ",
                 corpus.batch, " clips are not multiples of that");
    }
    segments = own;
  }
  return segments;
}

StartedModel start_model(const TrainConfig& config, const std::string& vocabulary_path) {
  const int64_t segments = sorted_segments(config, kJoinedClips);
  StartedModel started =
      config.start.empty() ? from_random(config, vocabulary_path) : from_file(config, segments, vocabulary_path);
  sorted_segments(config, started.spec.config.video.num_frames);
  start_temporal(started.model, config);
  if (segments > 0 && started.model.sort_head.is_empty()) {
    started.model.sort_head = SortHead(started.spec.config.embed_dim, segments);
    initialise_sort_head(started.model, static_cast<std::uint64_t>(config.seed));
  }
  return started;
}

}  // namespace tvts

#include "tvts/train/loop/initial_model.h"

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/plain/initialise.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/pretrained/own_parameters.h"
#include "tvts/model/weights/model_json.h"

namespace tvts {
namespace {

std::optional<ModelConfig> stated_model(const TrainConfig& config) {
  if (config.model.empty()) return std::nullopt;
  return config.model.ends_with(".json") ? read_config_file(config.model) : named_model(config.model);
}

InitialModel from_random(const TrainConfig& config, const std::string& vocabulary_path) {
  ModelSpec spec;
  spec.config = *stated_model(config);
  spec.tokenizer.special_tokens = default_special_tokens(spec.config.kind);
  spec.origin = concat("random weights, seed ", config.seed);
  DualEncoder model = make_dual_encoder(spec.config);
  initialise(model, static_cast<std::uint64_t>(config.seed), TemporalStart::kZero, config.position_deviation);
  return {.spec = spec, .model = std::move(model), .tokenizer = make_tokenizer(spec, vocabulary_path)};
}

bool has_temporal_attention(const DualEncoder& model) {
  for (const auto& [name, value] : named_parameters(model)) {
    if (name.ends_with("timeattn.qkv.weight") && value.count_nonzero().item<int64_t>() > 0) return true;
  }
  return false;
}

InitialModel from_file(const TrainConfig& config, int64_t segments, const std::string& vocabulary_path) {
  const OpenOptions options = {.keep_sort_head = segments > 0, .segments = segments};
  const ModelState state = open_model_state(config.start, stated_model(config), options);
  log(remarks_on(config.start, state));
  if (segments > 0 && state.has_sort_head && state.segments != segments) {
    fail_input(config.start, " has a sort head for ", state.segments, " texts and the corpora have ", segments,
               "; start from a file without one, or sort as many");
  }
  if (to_string(state.spec.preprocess) != config.preprocess) {
    log_info(concat(config.start, " states the preprocessing ", to_string(state.spec.preprocess),
                    "; this run trains on ", config.preprocess, ", and its models state that"));
  }
  DualEncoder model = dual_encoder_of(state);
  own_parameters(model);
  if (config.temporal_start != "keep" && has_temporal_attention(model)) {
    log_warning(concat(config.start, " has a trained temporal attention, which temporal_start '", config.temporal_start,
                       "' throws away; 'keep' goes on from it"));
  }
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
    const TemporalStart start = config.temporal_start == "zero"    ? TemporalStart::kZero
                                : config.temporal_start == "quiet" ? TemporalStart::kQuiet
                                                                   : TemporalStart::kRandom;
    initialise_temporal(model, seed, start, config.position_deviation);
  }
}

}  // namespace

int64_t sorted_segments(const TrainConfig& config, int64_t num_frames) {
  int64_t segments = 0;
  for (const CorpusConfig& corpus : config.corpora) {
    if (corpus.sorting == "none") continue;
    const int64_t own = corpus.sorting == "clips" ? kJoinedClips : corpus.segments;
    if (segments != 0 && segments != own) {
      fail_usage("the corpora sort ", segments, " and ", own, " texts; one sort head orders one number of them");
    }
    if (corpus.sorting == "clips" && (num_frames % own != 0 || corpus.batch % own != 0)) {
      fail_usage("corpus ", corpus.name, ": ", own, " clips are joined into one, and ", num_frames, " frames and ",
                 corpus.batch, " clips are not multiples of that");
    }
    segments = own;
  }
  return segments;
}

ModelConfig model_sizes(const TrainConfig& config, bool reads_start) {
  const std::optional<ModelConfig> stated = stated_model(config);
  if (reads_start && !config.start.empty()) return open_model_state(config.start, stated).spec.config;
  if (!stated) fail_input("the model's sizes are unknown: ", config.start, " is not there, and no model is named");
  return *stated;
}

InitialModel initial_model(const TrainConfig& config, const std::string& vocabulary_path) {
  const int64_t segments = sorted_segments(config, kJoinedClips);
  InitialModel initial =
      config.start.empty() ? from_random(config, vocabulary_path) : from_file(config, segments, vocabulary_path);
  sorted_segments(config, initial.spec.config.video.num_frames);
  start_temporal(initial.model, config);
  if (segments > 0 && initial.model.sort_head.is_empty()) {
    initial.model.sort_head = SortHead(initial.spec.config.embed_dim, segments);
    initialise_sort_head(initial.model, static_cast<std::uint64_t>(config.seed));
  }
  return initial;
}

}  // namespace tvts

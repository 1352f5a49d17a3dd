#include "tvts/train/loop/train_config.h"

#include <algorithm>
#include <set>

#include "tvts/config/model_spec.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/train/corpora/corpus.h"

namespace tvts {
namespace {

constexpr std::size_t kMostConfigBytes = 1 << 20;

void require(bool holds, const std::string& where, const char* field, const std::string& expected) {
  if (!holds) fail_usage(where, ": ", field, " should be ", expected);
}

void require_name(const std::string& value, std::initializer_list<const char*> names, const std::string& where,
                  const char* field) {
  if (std::find(names.begin(), names.end(), value) != names.end()) return;
  std::string listed;
  for (const char* name : names) listed += (listed.empty() ? "" : ", ") + std::string(name);
  fail_usage(where, ": ", field, " is '", value, "'; expected one of ", listed);
}

void require_form(const std::string& form, const std::string& where, const char* field) {
  require_name(form, {"yt-temporal", "webvid", "webvid-csv", "shards", "table"}, where, field);
}

// Of a corpus or of the validation. prefix: of the fields' names.
template <class Config>
void validate_source(const Config& config, const std::string& where, const std::string& prefix) {
  const auto field = [&](const char* name) { return prefix + name; };
  require_form(config.form, where, field("form").c_str());
  require(config.form != "shards" || config.root.empty(), where, field("root").c_str(),
          "left out for shards, whose list is their whole path");
  require(config.segments >= 1 && config.segments <= 64, where, field("segments").c_str(), "1 to 64");
  require(config.segments == 1 || has_transcripts(config.form), where, field("segments").c_str(),
          concat("1 for the form ", config.form, ", which has one caption a clip"));
}

void validate(const CorpusConfig& corpus, const std::string& where) {
  require(!corpus.name.empty(), where, "name", "a word that tells the corpus from the others");
  require(!corpus.list.empty(), where, "list", "a list, a table or a pattern of shards");
  validate_source(corpus, where, "");
  require(corpus.batch >= 1 && corpus.batch <= 1 << 20, where, "batch", "1 to 1048576 clips");
  require(corpus.samples_per_epoch >= 0, where, "samples_per_epoch", "0 (all) or more");
  require(corpus.block >= 1 && corpus.batch % corpus.block == 0, where, "block",
          concat("1 or more and a divisor of the batch, ", corpus.batch));
  require_name(corpus.sorting, {"none", "transcripts", "clips"}, where, "sorting");
  require(corpus.sorting != "transcripts" || corpus.segments > 1, where, "segments", "more than 1 to be sorted");
  require(corpus.sorting != "clips" || corpus.segments == 1, where, "segments", "1 where whole clips are sorted");
}

void validate_optimizer(const TrainConfig::Optimizer& optimizer, const std::string& where) {
  require(optimizer.rate_new >= 0 && optimizer.rate_new < 10, where, "optimizer.rate_new", "0 or more, below 10");
  require(optimizer.rate_clip >= 0 && optimizer.rate_clip < 10, where, "optimizer.rate_clip", "0 or more, below 10");
  require(optimizer.weight_decay >= 0 && optimizer.weight_decay < 10, where, "optimizer.weight_decay", "0 to 10");
  for (const double beta : {optimizer.beta1, optimizer.beta2}) {
    require(beta >= 0 && beta < 1, where, "optimizer.beta1 and beta2", "in [0, 1)");
  }
  require(optimizer.epsilon > 0, where, "optimizer.epsilon", "above 0");
  require_name(optimizer.unused, {"zeros", "skip"}, where, "optimizer.unused");
  require_name(optimizer.schedule, {"steps", "cosine"}, where, "optimizer.schedule");
  require(optimizer.factor > 0 && optimizer.factor <= 1, where, "optimizer.factor", "in (0, 1]");
  require(optimizer.warmup_steps >= 0, where, "optimizer.warmup_steps", "0 or more");
  const bool rising = std::ranges::is_sorted(optimizer.milestones) &&
                      (optimizer.milestones.empty() || optimizer.milestones.front() >= 1);
  require(rising, where, "optimizer.milestones", "epochs of 1 or more, in their order");
  const TrainConfig::Optimizer unset;
  const bool drops =
      optimizer.factor != unset.factor || (optimizer.milestones != unset.milestones && !optimizer.milestones.empty());
  require(optimizer.schedule == "steps" || !drops, where, "optimizer.milestones and factor",
          "left out for the schedule cosine, which has no milestones");
}

// Time is left at its start in this stage, and all weights are trained.
void validate_stage(const TrainConfig& config, const std::string& where) {
  if (config.stage != "image-text") return;
  require(config.temporal_start == "zero", where, "temporal_start", "zero in the stage image-text");
  require(config.freeze.text_layers <= 0 && !config.freeze.text_embeddings, where, "freeze",
          "left out in the stage image-text, which trains everything");
}

void validate_start(const TrainConfig& config, const std::string& where) {
  require(config.position_deviation >= 0 && config.position_deviation <= 10, where, "position_deviation", "0 to 10");
  const bool draws = config.start.empty() || (config.stage == "video" && config.temporal_start != "keep");
  require(draws || config.position_deviation == 0, where, "position_deviation",
          "left out where no embedding of positions starts at random");
}

void validate_validation(const TrainConfig::Validation& validation, const std::string& where) {
  validate_source(validation, where, "validation.");
  require(validation.limit >= 2, where, "validation.limit", "at least 2");
  require(validation.every_steps >= 0, where, "validation.every_steps", "0 (an epoch) or more");
  const bool asked = !validation.root.empty() || validation.every_steps > 0;
  require(!validation.list.empty() || !asked, where, "validation.list", "given where clips are to be validated on");
}

void validate_corpora(const std::vector<CorpusConfig>& corpora, const std::string& where) {
  require(!corpora.empty(), where, "corpora", "a list of at least one corpus");
  std::set<std::string> names;
  for (std::size_t i = 0; i < corpora.size(); ++i) {
    const std::string entry = concat(where, ": corpora[", i, "]");
    validate(corpora[i], entry);
    require(names.insert(corpora[i].name).second, entry, "name",
            concat("another than '", corpora[i].name, "', which a corpus before it has"));
  }
}

void validate_objective(const TrainConfig& config, const std::string& where) {
  const TrainConfig::Objective& objective = config.objective;
  require(objective.temperature > 0, where, "objective.temperature", "above 0");
  require(objective.sorting_weight >= 0, where, "objective.sorting_weight", "0 or more");
  require_name(objective.gather_gradient, {"exact", "published"}, where, "objective.gather_gradient");
  require(objective.mask_ratio >= 0 && objective.mask_ratio < 1, where, "objective.mask_ratio", "in [0, 1)");
  require_name(objective.video_path, {"space-time", "mean-of-frames"}, where, "objective.video_path");
  const bool frames_alone = objective.video_path == "mean-of-frames" || config.stage == "image-text";
  for (const CorpusConfig& corpus : config.corpora) {
    if (!frames_alone || corpus.sorting == "none") continue;
    fail_usage(where, ": ", corpus.name,
               ": sorting needs frames that are encoded together; set it to none, or choose "
               "the space-time path and the stage video");
  }
  require(!frames_alone || objective.mask_ratio == 0, where, "objective.mask_ratio",
          "0 where frames are encoded alone");
}

}  // namespace

void validate(const TrainConfig& config, const std::string& where) {
  require(!config.output.empty(), where, "output", "the folder to write to");
  require(!config.model.empty() || !config.start.empty(), where, "model (or start)", "given");
  require_name(config.preprocess, {"tvtsv2-eval", "tvtsv2-extract", "clip"}, where, "preprocess");
  require_name(config.stage, {"video", "image-text"}, where, "stage");
  require_name(config.temporal_start, {"zero", "random", "quiet", "keep"}, where, "temporal_start");
  require_name(config.precision, {"auto", "fp32", "bf16"}, where, "precision");
  require(config.seed >= 0, where, "seed", "0 or more");
  require(config.epochs >= 1 && config.epochs <= 1'000'000, where, "epochs", "1 to 1000000");
  require(config.steps_per_epoch >= 0, where, "steps_per_epoch", "0 (all data) or more");
  require(config.accumulate >= 1 && config.accumulate <= 1 << 20, where, "accumulate", "at least 1");
  require(config.parts >= 0 && config.parts <= 1024, where, "parts", "0 (by the model's size) to 1024");
  require(config.world_size >= 0, where, "world_size", "0 (any) or more");
  require(config.freeze.text_layers >= -1, where, "freeze.text_layers", "-1 (three quarters) or more");
  require(config.data.workers >= 1 && config.data.workers <= 1024, where, "data.workers", "1 to 1024");
  require(config.data.max_bad_share >= 0 && config.data.max_bad_share <= 1, where, "data.max_bad_share", "0 to 1");
  require(config.checkpoint.every_steps >= 0, where, "checkpoint.every_steps", "0 (an epoch) or more");
  require(config.checkpoint.keep >= 1, where, "checkpoint.keep", "at least 1");
  require(config.log_every_steps >= 1, where, "log_every_steps", "at least 1");
  require(is_notice(config.notice), where, "notice", concat("one line of at most ", kMostNoticeBytes, " bytes"));
  validate_stage(config, where);
  validate_start(config, where);
  validate_validation(config.validation, where);
  validate_corpora(config.corpora, where);
  validate_optimizer(config.optimizer, where);
  validate_objective(config, where);
}

TrainConfig train_config_from_json(const std::string& text, const std::string& where) {
  const Json json = fields::parse_object(text, where, "a pre-training config");
  fields::require_known_keys<TrainConfig>(json, where, {"corpora"});
  TrainConfig config;
  fields::read_fields(json, where, config);
  const Json corpora = json.value("corpora", Json::array());
  if (!corpora.is_array()) fail_input(where, ": corpora should be a list of objects");
  for (const Json& corpus : corpora) {
    const std::string entry = concat(where, ": corpora[", config.corpora.size(), "]");
    if (!corpus.is_object()) fail_input(entry, " should be an object");
    fields::require_known_keys<CorpusConfig>(corpus, entry);
    fields::read_fields(corpus, entry, config.corpora.emplace_back());
  }
  validate(config, where);
  return config;
}

TrainConfig read_train_config(const std::string& path) {
  return train_config_from_json(read_file(path, kMostConfigBytes), path);
}

std::string train_config_to_json(const TrainConfig& config) {
  Json json = fields::written_fields(config);
  for (const CorpusConfig& corpus : config.corpora) json["corpora"].push_back(fields::written_fields(corpus));
  return json.dump(2) + "\n";
}

}  // namespace tvts

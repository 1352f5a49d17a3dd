// A pre-training run as its JSON file states it (docs/pretraining.md has every key). Names of choices are strings here;
// resolve() turns them into the options of the parts, and fails on a name that is none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tvts {

inline constexpr int64_t kJoinedClips = 4;  // K where whole clips are sorted

// One training data set and how it takes part.
struct CorpusConfig {
  std::string name;               // names its random streams and its fields in the log
  std::string form;               // yt-temporal, webvid, webvid-csv, shards, table
  std::string list;               // list, table or shard pattern
  std::string root;               // folder of the videos
  int64_t segments = 1;           // transcripts of a clip
  int64_t batch = 0;              // clips of a step, over all ranks
  int64_t samples_per_epoch = 0;  // 0: the whole corpus
  int64_t block = 1;              // neighbours of the list that stay together
  std::string sorting = "none";   // none; transcripts: the clip's own; clips: alt-texts of joined clips (M_ours++)
};

struct TrainConfig {
  std::string output;                      // folder of checkpoints, log and pages
  std::string model;                       // ViT-B-32, ... or FILE.json; empty: what `start` holds
  std::string start;                       // model file to start from; empty: random weights
  std::string preprocess = "tvtsv2-eval";  // how frames become the model's input, and what the trained model states
  std::string stage = "video";             // image-text: stills, every frame alone, everything trained
  std::string temporal_start = "zero";     // of the temporal attention: zero, random, quiet, keep (as the file has it)
  double position_deviation = 0;           // of positional and temporal embeddings that start at random; 0: width^-0.5
  int64_t seed = 0;
  std::string device = "cpu";
  int64_t epochs = 10;
  int64_t steps_per_epoch = 0;     // 0: until the shortest corpus ends
  int64_t accumulate = 1;          // batches of a step, one after the other
  std::string precision = "fp32";  // bf16: matrix products in bfloat16; auto: with_precision() decides
  std::string notice;              // the notice shown to users of the trained model; empty: that of `start`
  bool recompute = false;          // blocks are computed again in the backward pass
  int64_t parts = 0;               // of a rank's batch, computed side by side; 0: batch_parts() decides
  int64_t world_size = 0;          // ranks that the values below were chosen for; 0: any

  struct Objective {
    double temperature = 0.05;
    double sorting_weight = 2;
    bool stop_gradient = true;
    std::string gather_gradient = "exact";
    double mask_ratio = 0;
    std::string video_path = "space-time";  // mean-of-frames: the baseline
  } objective;

  struct Freeze {
    int64_t text_layers = -1;  // -1: the first three quarters
    bool text_embeddings = false;
  } freeze;

  struct Optimizer {
    double rate_new = 1e-4, rate_clip = 1e-7;
    double weight_decay = 0.05;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-6;
    std::string unused = "zeros";
    std::string schedule = "steps";
    std::vector<int64_t> milestones = {6, 8};  // epochs
    double factor = 0.1;
    int64_t warmup_steps = 0;
  } optimizer;

  struct Data {
    int64_t workers = 1;
    std::string cache;  // folder; empty: none
    double max_bad_share = 0.05;
  } data;

  struct Validation {
    std::string form = "table";  // as a corpus's
    std::string list;            // empty: none
    std::string root;
    int64_t segments = 1;     // parts of a clip's transcript that are a text each
    int64_t limit = 1000;     // clips
    int64_t every_steps = 0;  // 0: once an epoch
  } validation;

  struct Checkpoint {
    int64_t every_steps = 0;  // 0: once an epoch
    int64_t keep = 3;
  } checkpoint;

  int64_t log_every_steps = 10;
  std::vector<CorpusConfig> corpora;
};

template <class Config, class Visit>
requires requires(Config config) { config.sorting; }
void visit_fields(Config& config, Visit&& visit) {
  visit("name", config.name);
  visit("form", config.form);
  visit("list", config.list);
  visit("root", config.root);
  visit("segments", config.segments);
  visit("batch", config.batch);
  visit("samples_per_epoch", config.samples_per_epoch);
  visit("block", config.block);
  visit("sorting", config.sorting);
}

template <class Config, class Visit>
requires requires(Config config) { config.corpora; }
void visit_fields(Config& config, Visit&& visit) {
  visit("output", config.output);
  visit("model", config.model);
  visit("start", config.start);
  visit("preprocess", config.preprocess);
  visit("stage", config.stage);
  visit("temporal_start", config.temporal_start);
  visit("position_deviation", config.position_deviation);
  visit("seed", config.seed);
  visit("device", config.device);
  visit("epochs", config.epochs);
  visit("steps_per_epoch", config.steps_per_epoch);
  visit("accumulate", config.accumulate);
  visit("precision", config.precision);
  visit("notice", config.notice);
  visit("recompute", config.recompute);
  visit("parts", config.parts);
  visit("world_size", config.world_size);
  visit("objective.temperature", config.objective.temperature);
  visit("objective.sorting_weight", config.objective.sorting_weight);
  visit("objective.stop_gradient", config.objective.stop_gradient);
  visit("objective.gather_gradient", config.objective.gather_gradient);
  visit("objective.mask_ratio", config.objective.mask_ratio);
  visit("objective.video_path", config.objective.video_path);
  visit("freeze.text_layers", config.freeze.text_layers);
  visit("freeze.text_embeddings", config.freeze.text_embeddings);
  visit("optimizer.rate_new", config.optimizer.rate_new);
  visit("optimizer.rate_clip", config.optimizer.rate_clip);
  visit("optimizer.weight_decay", config.optimizer.weight_decay);
  visit("optimizer.beta1", config.optimizer.beta1);
  visit("optimizer.beta2", config.optimizer.beta2);
  visit("optimizer.epsilon", config.optimizer.epsilon);
  visit("optimizer.unused", config.optimizer.unused);
  visit("optimizer.schedule", config.optimizer.schedule);
  visit("optimizer.milestones", config.optimizer.milestones);
  visit("optimizer.factor", config.optimizer.factor);
  visit("optimizer.warmup_steps", config.optimizer.warmup_steps);
  visit("data.workers", config.data.workers);
  visit("data.cache", config.data.cache);
  visit("data.max_bad_share", config.data.max_bad_share);
  visit("validation.form", config.validation.form);
  visit("validation.list", config.validation.list);
  visit("validation.root", config.validation.root);
  visit("validation.segments", config.validation.segments);
  visit("validation.limit", config.validation.limit);
  visit("validation.every_steps", config.validation.every_steps);
  visit("checkpoint.every_steps", config.checkpoint.every_steps);
  visit("checkpoint.keep", config.checkpoint.keep);
  visit("log_every_steps", config.log_every_steps);
}

// Throw Error(kInput) with `where`, the key, what was found and what was expected.
TrainConfig train_config_from_json(const std::string& json, const std::string& where);
TrainConfig read_train_config(const std::string& path);
void validate(const TrainConfig& config, const std::string& where);

// Indented, every key, ends in a newline: the resolved config that a run leaves beside its outputs.
std::string train_config_to_json(const TrainConfig& config);

}  // namespace tvts

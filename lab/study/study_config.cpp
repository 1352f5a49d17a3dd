#include "lab/study/study_config.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/train/loop/run_folder.h"

namespace tvts {
namespace {

// Chosen once, for "ours", and the same for every run (docs/study.md).
constexpr double kRate = 1e-3;
constexpr int64_t kWarmupSteps = 50;
constexpr int64_t kStillBatch = 128, kAltBatch = 48, kNarratedBatch = 16;
constexpr int64_t kTranscripts = 4;
constexpr int64_t kContrastSet = 8;  // clips of such a set are neighbours of the list and stay in one batch
constexpr double kPositionDeviation = 0.4;

TrainConfig common_config(const StudySetup& setup, const std::string& run, int64_t seed) {
  TrainConfig config;
  config.output = training_folder(setup, run, seed);
  config.seed = seed;
  config.epochs = 1;
  config.steps_per_epoch = setup.steps;
  config.precision = setup.precision;
  config.position_deviation = kPositionDeviation;
  config.optimizer.rate_new = config.optimizer.rate_clip = kRate;
  config.optimizer.beta2 = 0.98;
  config.optimizer.schedule = "cosine";
  config.optimizer.warmup_steps = std::min(kWarmupSteps, setup.steps);
  config.data.workers = setup.workers;
  config.data.cache = setup.output + "/cache";
  config.checkpoint.keep = 1;
  return config;
}

CorpusConfig narrated_corpus(const std::string& world, Sorting sorting) {
  return {.name = "narrated",
          .form = "yt-temporal",
          .list = world + "/narrated/train.tsv",
          .root = world + "/narrated/videos",
          .segments = kTranscripts,
          .batch = kNarratedBatch,
          .sorting = sorting == Sorting::kNone ? "none" : "transcripts"};
}

CorpusConfig alt_corpus(const std::string& world, Sorting sorting) {
  return {.name = "alt",
          .form = "webvid",
          .list = world + "/alt/train.tsv",
          .root = world + "/alt/train",
          .batch = kAltBatch,
          .block = kContrastSet,
          .sorting = sorting == Sorting::kTranscriptsAndAltTexts ? "clips" : "none"};
}

}  // namespace

StudySetup with_precision_of_runs(StudySetup setup) {
  std::error_code error;
  for (const auto& run : std::filesystem::directory_iterator(setup.output + "/training", error)) {
    const std::string recorded = RunFolder(run.path()).recorded_precision();
    if (!recorded.empty()) setup.precision = recorded;
  }
  return setup;
}

std::string seeded_name(const std::string& run, int64_t seed) { return concat(run, "-seed", seed); }

std::string training_folder(const StudySetup& setup, const std::string& run, int64_t seed) {
  return concat(setup.output, "/training/", seeded_name(run, seed));
}

TrainConfig start_config(const StudySetup& setup, int64_t seed) {
  TrainConfig config = common_config(setup, kStartRun, seed);
  config.model = setup.model;
  config.stage = "image-text";
  config.corpora = {{.name = "stills",
                     .form = "table",
                     .list = setup.world + "/stills/train.csv",
                     .root = setup.world + "/stills",
                     .batch = kStillBatch}};
  return config;
}

TrainConfig run_config(const StudySetup& setup, const StudyRun& run, int64_t seed) {
  TrainConfig config = common_config(setup, run_name(run), seed);
  config.start = training_folder(setup, kStartRun, seed) + "/model.safetensors";
  config.temporal_start = run.zero_start ? "zero" : "random";
  config.objective.stop_gradient = run.stop_gradient;
  config.objective.mask_ratio = run.mask_ratio;
  config.freeze.text_layers = setup.text_layers - run.tuned_layers;
  config.freeze.text_embeddings = run.tuned_layers == 0;
  if (run.alt_texts) config.corpora.push_back(alt_corpus(setup.world, run.sorting));
  config.corpora.push_back(narrated_corpus(setup.world, run.sorting));
  return config;
}

}  // namespace tvts

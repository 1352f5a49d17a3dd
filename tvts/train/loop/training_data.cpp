#include "tvts/train/loop/training_data.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/random.h"
#include "tvts/features/encoder_input.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts {
namespace {

// Number of the steps before `step` that are of corpus `turn`, of `turns` that take turns.
int64_t steps_before(int64_t step, int64_t turn, int64_t turns) {
  return std::max<int64_t>(0, (step - turn + turns - 1) / turns);
}

BatchOptions batch_options(const TrainConfig& config, const CorpusConfig& corpus, const ModelConfig& model) {
  BatchOptions options;
  const bool stills = config.stage == "image-text";
  options.form = {.num_frames = stills ? 1 : model.video.num_frames,
                  .image_size = model.video.image_size,
                  .preprocess = preprocess_named(config.preprocess)};
  options.global_batch = corpus.batch;
  options.seed = static_cast<std::uint64_t>(config.seed);
  options.workers = static_cast<std::size_t>(config.data.workers);
  options.samples_per_epoch = corpus.samples_per_epoch;
  options.block = corpus.block;
  options.cache_folder = config.data.cache;
  options.max_bad_share = config.data.max_bad_share;
  options.on_bad = [](const std::string& sentence) { log_warning(sentence); };
  return options;
}

}  // namespace

void require_divides(const CorpusConfig& corpus, int64_t world_size) {
  const int64_t joined = corpus.sorting == "clips" ? kJoinedClips : 1;
  if (corpus.batch % (world_size * joined) == 0) return;
  fail_usage("corpus ", corpus.name, ": a batch of ", corpus.batch, " clips does not divide among ", world_size,
             joined > 1 ? concat(" ranks, each joining ", joined, " into one") : " ranks", "; choose a multiple of ",
             world_size * joined);
}

CorpusOptions corpus_options(const CorpusConfig& corpus) {
  return {
      .name = corpus.name, .form = corpus.form, .list = corpus.list, .root = corpus.root, .segments = corpus.segments};
}

CorpusOptions corpus_options(const TrainConfig::Validation& validation) {
  return {.name = "validation",
          .form = validation.form,
          .list = validation.list,
          .root = validation.root,
          .segments = validation.segments};
}

int64_t steps_per_epoch(const TrainConfig& config, const std::vector<int64_t>& batches) {
  if (config.steps_per_epoch > 0) return config.steps_per_epoch;
  const int64_t fewest = *std::min_element(batches.begin(), batches.end());
  return std::max<int64_t>(1, fewest / config.accumulate) * static_cast<int64_t>(batches.size());
}

TrainingData::TrainingData(const TrainConfig& config, const ModelConfig& model, const Tokenizer& tokenizer,
                           int64_t rank, int64_t world_size, int64_t first_step, std::stop_token stop)
    : config_(config), model_(model), tokenizer_(tokenizer), rank_(rank), world_size_(world_size) {
  const auto turns = static_cast<int64_t>(config.corpora.size());
  for (int64_t turn = 0; turn < turns; ++turn) {
    const CorpusConfig& corpus = config.corpora[static_cast<std::size_t>(turn)];
    BatchOptions options = batch_options(config, corpus, model);
    options.rank = rank;
    options.world_size = world_size;
    const auto opened = open_corpus(corpus_options(corpus));
    samples_.push_back(opened->size());
    streams_.push_back(std::make_unique<BatchStream>(opened, options,
                                                     steps_before(first_step, turn, turns) * config.accumulate, stop));
  }
}

StepBatch TrainingData::next(int64_t step) {
  const auto turn = static_cast<std::size_t>(step) % streams_.size();
  const TrainingBatch batch = streams_[turn]->next();
  return {.corpus = turn, .epoch = batch.epoch, .batch = to_tensors(batch, config_.corpora[turn])};
}

int64_t TrainingData::steps_per_epoch() const {
  std::vector<int64_t> batches;
  for (const auto& stream : streams_) batches.push_back(stream->batches_per_epoch());
  return tvts::steps_per_epoch(config_, batches);
}

int64_t TrainingData::clips_per_step(int64_t step) const {
  return config_.corpora[static_cast<std::size_t>(step) % streams_.size()].batch * config_.accumulate;
}

int64_t TrainingData::clips_between(int64_t first_step, int64_t last_step) const {
  const auto turns = static_cast<int64_t>(streams_.size());
  int64_t clips = 0;
  for (int64_t turn = 0; turn < turns; ++turn) {
    clips += clips_per_step(turn) * (steps_before(last_step, turn, turns) - steps_before(first_step, turn, turns));
  }
  return clips;
}

StreamCounts TrainingData::counts() const {
  StreamCounts all;
  for (const auto& stream : streams_) {
    const StreamCounts counts = stream->counts();
    all.read += counts.read;
    all.replaced += counts.replaced;
    all.wait_seconds += counts.wait_seconds;
  }
  return all;
}

// The mask of clip i of a global batch is drawn from a stream of its own, whatever rank trains on it.
at::Tensor TrainingData::tube_mask(const TrainingBatch& batch, const CorpusConfig& corpus) const {
  std::vector<at::Tensor> masks;
  const auto clips = static_cast<int64_t>(batch.clips.size());
  for (int64_t i = 0; i < clips; ++i) {
    RandomStream stream(static_cast<std::uint64_t>(config_.seed),
                        concat("mask/", corpus.name, "/batch ", batch.index, "/clip ", rank_ * clips + i));
    masks.push_back(random_tube_mask(1, model_.video.patches_per_frame(), config_.objective.mask_ratio,
                                     at::detail::createCPUGenerator(stream.next())));
  }
  return at::cat(masks);
}

ObjectiveBatch TrainingData::to_tensors(const TrainingBatch& batch, const CorpusConfig& corpus) const {
  ObjectiveBatch tensors = {
      .video = video_tensor(batch.clips, preprocess_named(config_.preprocess), batch.clips.front().frames),
      .ids = without_padding(token_ids(tokenizer_, batch.texts)),
      .segments = corpus.segments};
  if (config_.objective.mask_ratio > 0 && config_.stage == "video") tensors.keep = tube_mask(batch, corpus);
  tensors.sort = corpus.sorting != "none";
  tensors.join = corpus.sorting == "clips" ? kJoinedClips : 0;
  return tensors;
}

}  // namespace tvts

// The batches of a run, ready for the objective: step after step, one corpus after the other.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/text/tokenizer.h"
#include "tvts/train/corpora/batch_stream.h"
#include "tvts/train/loop/train_config.h"
#include "tvts/train/objective/objective.h"

namespace tvts {

struct StepBatch {
  std::size_t corpus = 0;  // index into the config's
  int64_t epoch = 0;       // of the corpus
  ObjectiveBatch batch;
};

CorpusOptions corpus_options(const CorpusConfig& corpus);
CorpusOptions corpus_options(const TrainConfig::Validation& validation);

// The corpus's batch can be shared among so many ranks. Throws Error(kUsage).
void require_divides(const CorpusConfig& corpus, int64_t world_size);

// Until the shortest corpus has given every batch once, or what the config states. batches: of an epoch of each corpus.
int64_t steps_per_epoch(const TrainConfig& config, const std::vector<int64_t>& batches);

class TrainingData {
 public:
  // Opens the corpora. first_step: of a resumed run. The tokenizer outlives this.
  // Throws what open_corpus(), BatchStream and require_divides() throw.
  TrainingData(const TrainConfig& config, const ModelConfig& model, const Tokenizer& tokenizer, int64_t rank,
               int64_t world_size, int64_t first_step, std::stop_token stop);

  // Part `part` (of config.accumulate) of a step: call with rising steps and parts.
  // Corpora take turns: step s trains on corpus s % corpora.
  StepBatch next(int64_t step);

  int64_t steps_per_epoch() const;
  int64_t clips_per_step(int64_t step) const;                          // over all ranks
  int64_t clips_between(int64_t first_step, int64_t last_step) const;  // of the steps [first, last), over all ranks

  StreamCounts counts() const;                                      // of all corpora together
  const std::vector<int64_t>& samples() const { return samples_; }  // of each corpus

 private:
  ObjectiveBatch to_tensors(const TrainingBatch& batch, const CorpusConfig& corpus) const;
  at::Tensor tube_mask(const TrainingBatch& batch, const CorpusConfig& corpus) const;

  const TrainConfig config_;
  const ModelConfig model_;
  const Tokenizer& tokenizer_;
  const int64_t rank_, world_size_;
  std::vector<int64_t> samples_;                       // of each corpus
  std::vector<std::unique_ptr<BatchStream>> streams_;  // of each corpus
};

}  // namespace tvts

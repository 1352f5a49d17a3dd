// Pre-training on narrated and captioned videos (docs/pretraining.md), on one process. Free of libtorch.
//
//   tvts::api::pretrain({.config = "run.json"}, {}, [](const tvts::api::TrainStep& step) {
//     std::cout << step.step << " of " << step.steps << ": " << step.loss << "\n";
//   });
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"

namespace tvts::api {

// The request of `tvts pretrain`.
struct PretrainRequest {
  std::string config;  // the run: a JSON file, or the JSON itself, which begins with {
  // Instead of the config's own, where they are not empty.
  std::string output;  // folder to write to
  std::string stage;   // "video", or "image-text": the CLIP-like start
  std::string start;   // model file to start from
  std::optional<std::int64_t> seed;
};

// The record of one step; losses are means over its batches.
struct TrainStep {
  std::int64_t step = 0, steps = 0;  // from 1; of the whole run
  std::int64_t epoch = 0;            // from 0
  std::string corpus;                // of the config, whose batch it was
  double loss = 0, contrastive = 0;
  std::optional<double> sorting, sort_accuracy;          // of a batch that was sorted
  double matched_similarity = 0;                         // mean cosine of the batch's matched pairs
  double learning_rate_new = 0, learning_rate_clip = 0;  // of the parameters that CLIP lacks, and of the others
  double clips_per_second = 0;
  double wait_share = 0;      // of the time of the step, spent waiting for data
  std::int64_t replaced = 0;  // samples that could not be read, so far
};

struct PretrainResult {
  std::string model;  // path of the trained model
};

// Trains from the start, or from the newest checkpoint in the run's folder where that is of the same config: a call
// that was stopped is simply made again. It writes what the command writes (docs/pretraining.md). on_step: after every
// step, from the calling thread; may throw to end the call. Stage of run: "clips". Computes on OpenMP's threads,
// decodes on as many as the config says (run.threads does not apply). One at a time for each folder. Throws
// Error(kInput) when the config or what it names cannot be read, Error(kUsage) when it makes no sense, Error(kFailed)
// when the loss is lost, naming the last good checkpoint, Error(kInterrupted) on stop, after a checkpoint.
TVTS_API PretrainResult pretrain(const PretrainRequest& request, const Run& run = {},
                                 const std::function<void(const TrainStep& step)>& on_step = {});

// The resources that a run needs.
struct PretrainPlan {
  std::int64_t processes = 0;  // that the config is for
  std::int64_t trained_parameters = 0, frozen_parameters = 0;
  // Bytes, of one process.
  double weight_bytes = 0, gradient_bytes = 0, moment_bytes = 0, activation_bytes = 0;
  double multiply_adds = 0;                // of a step, over all processes, mean over the corpora
  std::optional<double> seconds_per_step;  // from a short measurement; nothing where the device is not there
  std::int64_t steps = 0;                  // of the run; 0 while a corpus is missing
  std::vector<std::string> missing;        // a sentence each: what the run needs and what is not there
};

// Nothing is written and no weight is read; takes about a second. Throws as pretrain().
TVTS_API PretrainPlan plan_pretraining(const PretrainRequest& request, const Run& run = {});

}  // namespace tvts::api

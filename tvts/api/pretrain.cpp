#include "tvts/api/pretrain.h"

#include <algorithm>

#include "tvts/api/data_files.h"
#include "tvts/api/pretrain_run.h"
#include "tvts/api/run_control.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/version.h"
#include "tvts/train/loop/run_plan.h"
#include "tvts/train/loop/run_precision.h"
#include "tvts/train/loop/trainer.h"
#include "tvts/train/loop/training_log.h"

namespace tvts {
namespace {

bool is_json(const std::string& config) {
  const std::size_t first = config.find_first_not_of(" \t\r\n");
  return first != std::string::npos && config[first] == '{';
}

TrainConfig resolved(const api::PretrainRequest& request) {
  const std::string where = is_json(request.config) ? "the config" : request.config;
  TrainConfig config =
      is_json(request.config) ? train_config_from_json(request.config, where) : read_train_config(request.config);
  if (!request.output.empty()) config.output = request.output;
  if (!request.stage.empty()) config.stage = request.stage;
  if (!request.start.empty()) config.start = request.start;
  if (request.seed) config.seed = *request.seed;
  validate(config, where);
  return config;
}

api::TrainStep to_api(const StepRecord& step, std::int64_t steps) {
  return {.step = step.step,
          .steps = steps,
          .epoch = step.epoch,
          .corpus = step.corpus,
          .loss = step.loss,
          .contrastive = step.contrastive,
          .sorting = step.sorting,
          .sort_accuracy = step.sort_accuracy,
          .matched_similarity = step.matched_similarity,
          .learning_rate_new = step.rate_new,
          .learning_rate_clip = step.rate_clip,
          .clips_per_second = step.clips_per_second,
          .wait_share = step.wait_share,
          .replaced = step.replaced};
}

// Seconds of a step, from a short measurement; nothing, and a sentence in `missing`, where the device is not there.
std::optional<double> seconds_per_step(const TrainConfig& config, double multiply_adds, std::int64_t ranks,
                                       std::vector<std::string>& missing) {
  try {
    return multiply_adds / (kShareOfMatrixRate * matrix_product_rate(config) * static_cast<double>(ranks));
  } catch (const Error& error) {
    missing.emplace_back(error.what());
    return std::nullopt;
  }
}

}  // namespace

std::string run_pretraining(const api::PretrainRequest& request, const JobControl& control,
                            const std::function<void(const api::TrainStep&)>& on_step) {
  RunContext context = {.vocabulary_path = vocabulary_path(),
                        .code_version = std::string(version()) + " " + revision(),
                        .progress = &control.progress};
  if (on_step) context.on_step = [&](const StepRecord& step, std::int64_t steps) { on_step(to_api(step, steps)); };
  Collective alone;
  std::string model = train(resolved(request), context, alone, control.stop);
  log_info("wrote " + model);
  return model;
}

namespace api {

PretrainResult pretrain(const PretrainRequest& request, const Run& run,
                        const std::function<void(const TrainStep&)>& on_step) {
  RunProgress progress(run);
  return {.model = run_pretraining(request, control_of(run, progress), on_step)};
}

PretrainPlan plan_pretraining(const PretrainRequest& request, const Run& run) {
  Collective alone;
  const TrainConfig config = with_precision(resolved(request), alone);
  const std::int64_t ranks = std::max<std::int64_t>(1, config.world_size);
  RunPlan plan = plan_run(config, ranks, run.stop);
  PretrainPlan found = {.processes = ranks,
                        .trained_parameters = plan.trained_parameters,
                        .frozen_parameters = plan.frozen_parameters,
                        .weight_bytes = plan.weight_bytes,
                        .gradient_bytes = plan.gradient_bytes,
                        .moment_bytes = plan.moment_bytes,
                        .activation_bytes = plan.activation_bytes,
                        .multiply_adds = plan.multiply_adds,
                        .steps = plan.steps};
  found.seconds_per_step = seconds_per_step(config, plan.multiply_adds, ranks, plan.missing);
  found.missing = std::move(plan.missing);
  return found;
}

}  // namespace api
}  // namespace tvts

#include "tvts/train/loop/resolve.h"

#include "tvts/core/error.h"
#include "tvts/model/cpu/replicas/small_model.h"

namespace tvts {
namespace {

constexpr int64_t kPartsOfSmallModel = 8;  // as many threads as can train one

}  // namespace

bool is_on_cpu(const TrainConfig& config) { return config.device.starts_with("cpu"); }

ObjectiveOptions objective_options(const TrainConfig& config) {
  TVTS_ASSERT(config.precision != "auto");
  const bool frames_alone = config.stage == "image-text" || config.objective.video_path == "mean-of-frames";
  return {.temperature = config.objective.temperature,
          .sorting_weight = config.objective.sorting_weight,
          .stop_gradient = config.objective.stop_gradient,
          .gather_gradient = gather_gradient_named(config.objective.gather_gradient),
          .video_path = frames_alone ? VideoPath::kMeanOfFrames : VideoPath::kSpaceTime,
          .bf16 = config.precision == "bf16"};
}

OptimizerOptions optimizer_options(const TrainConfig& config) {
  const TrainConfig::Optimizer& stated = config.optimizer;
  return {.rate_new = stated.rate_new,
          .rate_clip = stated.rate_clip,
          .weight_decay = stated.weight_decay,
          .adamw = {.beta1 = stated.beta1, .beta2 = stated.beta2, .epsilon = stated.epsilon},
          .unused = unused_gradient_named(stated.unused)};
}

ScheduleOptions schedule_options(const TrainConfig& config) {
  return {.shape = schedule_shape_named(config.optimizer.schedule),
          .milestones = config.optimizer.milestones,
          .factor = config.optimizer.factor,
          .warmup_steps = config.optimizer.warmup_steps};
}

FreezeOptions freeze_options(const TrainConfig& config, int64_t text_layers) {
  if (config.stage == "image-text") return {.text_layers = 0};
  if (config.freeze.text_layers > text_layers) {
    fail_usage("freeze.text_layers is ", config.freeze.text_layers, ", and the model has ", text_layers,
               " text blocks");
  }
  const int64_t frozen = config.freeze.text_layers < 0 ? text_layers * 3 / 4 : config.freeze.text_layers;
  return {.text_layers = frozen, .text_embeddings = config.freeze.text_embeddings};
}

int64_t batch_parts(const TrainConfig& config, int64_t trained_parameters) {
  if (config.parts > 0) return config.parts;
  return is_on_cpu(config) && trained_parameters < kParametersOfSmall ? kPartsOfSmallModel : 1;
}

}  // namespace tvts

#include "tvts/train/loop/trained_spec.h"

#include "tvts/core/error.h"

namespace tvts {

ModelSpec trained_spec(const ModelSpec& start, const TrainConfig& config, int64_t steps) {
  ModelSpec spec = start;
  spec.preprocess = preprocess_named(config.preprocess);
  spec.preprocess_basis = PreprocessBasis::kRun;
  spec.pool = config.objective.video_path == "mean-of-frames" ? Pool::kMean : Pool::kCls;
  spec.origin = concat(kTrainedOrigin, ", stage ", config.stage, ", ", steps, " steps, from ", start.origin);
  if (!config.notice.empty()) spec.notice = config.notice;
  return spec;
}

}  // namespace tvts

// A step of pre-training on random clips with one caption each, as the trainer takes it: for programs that time it.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>

#include "tvts/model/plain/initialise.h"
#include "tvts/model/plain/tube_mask.h"
#include "tvts/train/loop/optimizer.h"
#include "tvts/train/loop/resolve.h"
#include "tvts/train/objective/batch_gradients.h"

namespace tvts {

inline ObjectiveBatch random_batch(const ModelConfig& model, int64_t clips, double mask_ratio) {
  const int64_t pixels = model.video.image_size, length = 20;
  ObjectiveBatch batch = {.video = at::randn({clips, model.video.num_frames, 3, pixels, pixels}),
                          .ids = at::zeros({clips, model.text.context_length}, at::kLong)};
  batch.ids.narrow(1, 0, length).random_(1, model.text.vocab_size - 1);
  batch.ids.select(1, length - 1).fill_(model.text.vocab_size - 1);
  if (mask_ratio > 0) {
    batch.keep =
        random_tube_mask(clips, model.video.patches_per_frame(), mask_ratio, at::detail::createCPUGenerator(7));
  }
  return batch;
}

inline DualEncoder random_model(const ModelConfig& config) {
  DualEncoder model = make_dual_encoder(config);
  initialise(model, 7, TemporalStart::kRandom);
  return model;
}

class TrainingStep {
 public:
  // On the threads that libtorch has now.
  TrainingStep(const ModelConfig& config, bool bf16) : options_({.bf16 = bf16}), model_(random_model(config)) {}

  void take(const ObjectiveBatch& batch) {
    gradients_.add(batch, options_, alone_, 1);
    optimizer_.step(1, replicas_);
  }

 private:
  int64_t parts() const {
    int64_t values = 0;
    for (const at::Tensor& value : optimizer_.values()) values += value.numel();
    return batch_parts({}, values);
  }
  std::size_t replica_count() const {
    return static_cast<std::size_t>(std::min<int64_t>(parts(), at::get_num_threads()));
  }

  const ObjectiveOptions options_;
  DualEncoder model_;
  Optimizer optimizer_{model_, {}, {}};
  Replicas replicas_{replica_count()};
  BatchGradients gradients_{model_, optimizer_.values(), parts(), replicas_};
  Collective alone_;
};

}  // namespace tvts

// A linear classifier on frozen features: scores = features weight^T + bias.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>

namespace tvts {

// float32: features [items, E], weight [C, E], bias [C]. labels: int64 [items], classes in [0, C).
struct LinearProbe {
  at::Tensor weight, bias;
};
struct LabelledFeatures {
  at::Tensor features, labels;
  std::int64_t classes = 0;  // C
};

at::Tensor scores(const LinearProbe& probe, const at::Tensor& features);  // [items, C]

// Called after an epoch or an iteration of training. It may throw to stop.
using ProbeProgress = std::function<void(std::int64_t done, double loss)>;

// Every dimension minus its mean, divided by its deviation (the biased one; a constant dimension is left at 0).
struct Standardisation {
  at::Tensor mean, deviation;  // float64 [E]
};
Standardisation standardisation_of(const at::Tensor& features);
at::Tensor mean_over_items(const at::Tensor& features);  // float64 [E]
at::Tensor standardised(const at::Tensor& features, const Standardisation& by);
// The probe of standardised features as one of the features themselves.
LinearProbe for_plain_features(const LinearProbe& probe, const Standardisation& by);

// Softmax cross-entropy: the mean over the items, and its gradients.
struct CrossEntropy {
  double loss_sum = 0;          // over the items
  at::Tensor d_weight, d_bias;  // of the mean
};
CrossEntropy cross_entropy(const LinearProbe& probe, const at::Tensor& features, const at::Tensor& labels);

}  // namespace tvts

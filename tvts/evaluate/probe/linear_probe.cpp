#include "tvts/evaluate/probe/linear_probe.h"

namespace tvts {
namespace {

// Items that are in memory in double precision together.
constexpr std::int64_t kBlock = 8192;

at::Tensor scale_of(const at::Tensor& deviation) { return at::where(deviation > 0, deviation.reciprocal(), 0.0); }

}  // namespace

at::Tensor scores(const LinearProbe& probe, const at::Tensor& features) {
  return at::addmm(probe.bias, features, probe.weight.t());
}

at::Tensor mean_over_items(const at::Tensor& features) {
  at::Tensor sum = at::zeros({features.size(1)}, at::kDouble);
  for (const at::Tensor& block : features.split(kBlock)) sum += block.to(at::kDouble).sum(0);
  return sum / features.size(0);
}

Standardisation standardisation_of(const at::Tensor& features) {
  const at::Tensor mean = mean_over_items(features);
  at::Tensor squares = at::zeros_like(mean);
  for (const at::Tensor& block : features.split(kBlock)) squares += (block - mean).square().sum(0);
  return {.mean = mean, .deviation = (squares / features.size(0)).sqrt()};
}

at::Tensor standardised(const at::Tensor& features, const Standardisation& by) {
  return (features - by.mean.to(at::kFloat)).mul_(scale_of(by.deviation).to(at::kFloat));
}

LinearProbe for_plain_features(const LinearProbe& probe, const Standardisation& by) {
  const at::Tensor weight = probe.weight * scale_of(by.deviation);
  const at::Tensor bias = probe.bias - at::mv(weight, by.mean);
  return {.weight = weight.to(at::kFloat), .bias = bias.to(at::kFloat)};
}

CrossEntropy cross_entropy(const LinearProbe& probe, const at::Tensor& features, const at::Tensor& labels) {
  const at::Tensor log_likelihood = at::log_softmax(scores(probe, features), 1);  // [items, C]
  const at::Tensor right = labels.unsqueeze(1);
  const double loss_sum = -log_likelihood.gather(1, right).sum(at::kDouble).item<double>();
  at::Tensor d_scores = log_likelihood.exp();
  d_scores.scatter_add_(1, right, at::full({labels.size(0), 1}, -1.0F));
  d_scores.div_(static_cast<double>(labels.size(0)));
  return {.loss_sum = loss_sum, .d_weight = at::mm(d_scores.t(), features), .d_bias = d_scores.sum(0)};
}

}  // namespace tvts

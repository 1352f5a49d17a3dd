#include "tvts/features/label_classifier.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tvts/metrics/top_k_indices.h"

namespace tvts {
namespace {

constexpr double kTemperature = 0.05;  // docs/notation.md

std::vector<double> softmax_over_temperature(std::span<const double> scores) {
  const double best = *std::ranges::max_element(scores);
  std::vector<double> probabilities;
  for (const double score : scores) probabilities.push_back(std::exp((score - best) / kTemperature));
  const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  for (double& probability : probabilities) probability /= sum;
  return probabilities;
}

}  // namespace

std::vector<ScoredLabel> LabelClassifier::best(std::span<const float> embedding, std::size_t k) const {
  const at::Tensor row = at::from_blob(const_cast<float*>(embedding.data()), {std::ssize(embedding)}, at::kFloat);
  const at::Tensor products = at::matmul(label_features_, row).to(at::kDouble);
  const std::span<const double> scores(products.const_data_ptr<double>(), static_cast<std::size_t>(products.numel()));
  if (scores.empty()) return {};
  const std::vector<double> probabilities = softmax_over_temperature(scores);
  std::vector<ScoredLabel> labels;
  for (const std::size_t label : top_k_indices(scores, k)) {
    labels.push_back({.label = label, .score = scores[label], .probability = probabilities[label]});
  }
  return labels;
}

}  // namespace tvts

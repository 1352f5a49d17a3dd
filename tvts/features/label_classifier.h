// Zero-shot recognition (paper 4.3): which of the given labels an embedding is nearest to.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace tvts {

struct ScoredLabel {
  std::size_t label = 0;   // index
  double score = 0;        // dot product; of rows of length 1 the cosine
  double probability = 0;  // softmax of all labels' scores over the temperature of training, 0.05
};

class LabelClassifier {
 public:
  // label_features: float32 [labels, E], of embed_labels().
  explicit LabelClassifier(at::Tensor label_features) : label_features_(std::move(label_features)) {}

  // The k best labels of an embedding [E], best first; of equal ones the earlier first. Thread-safe.
  std::vector<ScoredLabel> best(std::span<const float> embedding, std::size_t k) const;

 private:
  at::Tensor label_features_;
};

}  // namespace tvts

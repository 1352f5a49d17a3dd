#include "tvts/train/objective/contrastive.h"

#include "tvts/model/plain/pooling.h"

namespace tvts {
namespace {

constexpr double kSmallestNorm = 1e-8;

// Mean cross-entropy of square logits whose row i should choose column i.
at::Tensor matching_loss(const at::Tensor& logits) {
  return at::cross_entropy_loss(logits, at::arange(logits.size(0), logits.options().dtype(at::kLong)));
}

}  // namespace

at::Tensor similarity_matrix(const at::Tensor& videos, const at::Tensor& texts) {
  return at::matmul(l2_normalised(videos, kSmallestNorm), l2_normalised(texts, kSmallestNorm).t());
}

at::Tensor contrastive_loss(const at::Tensor& similarity, double temperature) {
  const at::Tensor logits = similarity / temperature;
  return matching_loss(logits) + matching_loss(logits.t());
}

at::Tensor clip_text(const at::Tensor& segment_features) { return segment_features.mean(1); }

}  // namespace tvts

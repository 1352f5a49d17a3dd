// Video-text contrastive loss (paper 3.4, equation 4).
#pragma once

#include <torch/torch.h>

namespace tvts {

// Cosine similarity of every video with every text: [B, E], [C, E] -> [B, C]. A norm below 1e-8 counts as 1e-8.
at::Tensor similarity_matrix(const at::Tensor& videos, const at::Tensor& texts);

// Cross-entropy of the rows of sim / temperature plus that of its columns, each a mean over the batch; video i belongs
// to text i. [B, B] -> scalar
at::Tensor contrastive_loss(const at::Tensor& similarity, double temperature);

// The text of a clip with K transcripts: the mean of their features, not normalised. [B, K, E] -> [B, E]
at::Tensor clip_text(const at::Tensor& segment_features);

}  // namespace tvts

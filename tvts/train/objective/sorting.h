// Transcript sorting (paper 3.4, equation 3): the order of K texts is predicted from the clip that they tell of.
#pragma once

#include <torch/torch.h>

namespace tvts {

// logits [B, K, K], a row of position scores for each text; the text of segment k belongs at k. Mean cross-entropy.
at::Tensor sorting_loss(const at::Tensor& logits);

// The share of texts whose best position is their own, in [0, 1].
double sorting_accuracy(const at::Tensor& logits);

// Text sorting of clips without timed transcripts (M_ours++, Table 5): K neighbours of a batch become one clip, each
// giving T / K of its frames, evenly spread. [B, T, 3, R, R] -> [B / K, T, 3, R, R]
// Throws Error(kInput) unless K divides both B and T.
at::Tensor join_clips(const at::Tensor& clips, int64_t segments);

}  // namespace tvts

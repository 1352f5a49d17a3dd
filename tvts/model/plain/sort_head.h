// The transcript sorting head (paper 3.4): from a clip's tokens and its K transcripts' features to the position of each
// transcript. Needed in training alone.
#pragma once

#include <vector>

#include "tvts/model/plain/layers.h"

namespace tvts {

class SortHeadImpl : public torch::nn::Module {
 public:
  SortHeadImpl(int64_t embed_dim, int64_t segments);

  // video_tokens [B, L, E], text_features [B, K, E] -> logits [B, K, K]: a row of position scores for each transcript.
  // The text features enter as given: the caller detaches them for the stop-gradient.
  at::Tensor forward(const at::Tensor& video_tokens, const at::Tensor& text_features);

 private:
  class Block;

  int64_t embed_dim_, segments_;
  at::Tensor type_embed_;  // [1, 2, E]: 0 video, 1 text
  std::vector<std::shared_ptr<Block>> blocks_;
  LayerNorm norm_;
  Linear head_;
};
TORCH_MODULE(SortHead);

}  // namespace tvts

// The text encoder for CPUs, without gradients: what TextEncoder defines. Texts lie one after the other, each up to its
// end-of-text token, so that nothing is computed for padding, which no feature depends on.
#pragma once

#include <vector>

#include "tvts/model/cpu/inference/block_parts.h"
#include "tvts/model/plain/text_encoder.h"

namespace tvts {

class FastTextEncoder {
 public:
  // Packs the weights of `plain`, which may be in any type.
  FastTextEncoder(const TextEncoderImpl& plain, const ModelConfig& config, const Products& products,
                  const OnPacked& on_packed = {});

  // As TextEncoder.
  at::Tensor forward(const at::Tensor& ids) const;

 private:
  struct Block {
    NormWeights ln_1, ln_2;
    QkvLinear qkv;
    PackedLinear out_proj;
    PackedMlp mlp;
  };

  TextConfig config_;
  Products products_;
  at::Tensor token_embedding_;  // [vocab_size, D]
  at::Tensor positions_;        // [context_length, D]
  at::Tensor projection_;       // [D, E], float32
  NormWeights ln_final_;
  std::vector<Block> blocks_;
};

}  // namespace tvts

// The layers that both encoders are made of. Weights may be held in bfloat16: matrix products then run in it, while
// LayerNorms and the residual stream stay in float32.
//
// Constructors leave the weights unset; a checkpoint or initialise.h fills them.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"

namespace tvts {

// x @ weight.T + bias, in the weight's type.
class LinearImpl : public torch::nn::Module {
 public:
  LinearImpl(int64_t in, int64_t out);
  at::Tensor forward(const at::Tensor& x) const;  // [..., in] -> [..., out]

  at::Tensor weight;  // [out, in]
  at::Tensor bias;    // [out]
};
TORCH_MODULE(Linear);

// Over the last axis, always computed in float32 (docs/model.md).
class LayerNormImpl : public torch::nn::Module {
 public:
  explicit LayerNormImpl(int64_t width, double epsilon = 1e-5);
  at::Tensor forward(const at::Tensor& x) const;

  at::Tensor weight, bias;  // [width]

 private:
  double epsilon_;
};
TORCH_MODULE(LayerNorm);

at::Tensor activate(const at::Tensor& x, Activation activation);

class MlpImpl : public torch::nn::Module {
 public:
  MlpImpl(int64_t width, Activation activation);
  at::Tensor forward(const at::Tensor& x);  // [..., D] -> [..., D]

 private:
  Activation activation_;
  Linear c_fc_, c_proj_;
};
TORCH_MODULE(Mlp);

// The blocks of a transformer under the name that checkpoints use: resblocks.I.
template <class Block>
class TransformerImpl : public torch::nn::Module {
 public:
  template <class... Arguments>
  explicit TransformerImpl(int64_t layers, const Arguments&... arguments) {
    auto list = register_module("resblocks", torch::nn::ModuleList());
    for (int64_t i = 0; i < layers; ++i) {
      resblocks.push_back(Block(arguments...));
      list->push_back(resblocks.back());
    }
  }

  std::vector<Block> resblocks;
};

// x @ matrix in the matrix's type, back in float32: the last projection of both encoders.
at::Tensor project(const at::Tensor& x, const at::Tensor& matrix);

}  // namespace tvts

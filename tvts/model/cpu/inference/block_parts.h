// The parts of a transformer block that both encoders have, packed from the plain module's parameters.
#pragma once

#include <torch/torch.h>

#include <string>

#include "tvts/config/model_config.h"
#include "tvts/model/cpu/inference/packed_linear.h"
#include "tvts/model/cpu/inference/token_attention.h"
#include "tvts/model/cpu/inference/token_passes.h"
#include "tvts/model/plain/encoders.h"

namespace tvts {

// A module's parameters under their checkpoint names, and what the fast path makes of them.
class Weights {
 public:
  // on_packed, if set, is called after each matrix.
  Weights(const torch::nn::Module& module, const Products& products, const OnPacked& on_packed)
      : parameters_(module.named_parameters()), products_(products), on_packed_(on_packed) {}

  at::Tensor at(const std::string& name) const { return parameters_[name].detach(); }
  // Of layer.weight and layer.bias. outlier_columns: as PackedLinear has them.
  PackedLinear linear(const std::string& layer, const at::Tensor& outlier_columns = {}) const;
  PackedLinear linear(const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& outlier_columns = {}) const;
  NormWeights norm(const std::string& layer) const;

 private:
  torch::OrderedDict<std::string, at::Tensor> parameters_;
  Products products_;
  const OnPacked& on_packed_;
};

// The columns of normalised rows that by the LayerNorm's weights are so much larger than the others, for the layer
// that reads them, that a product of bytes keeps them apart: int64, few or none.
at::Tensor outlier_columns_of(const NormWeights& norm, const at::Tensor& weight);

// The product that makes q, k and v. In a last block few tokens are queries, so that q stands apart from k and v.
class QkvLinear {
 public:
  QkvLinear() = default;
  // weight [3 D, D], bias [3 D]; norm: of what it reads.
  QkvLinear(const Weights& weights, const at::Tensor& weight, const at::Tensor& bias, const NormWeights& norm,
            int64_t heads, bool few_queries);

  const InputForm& form() const { return few_queries_ ? kv_.form() : all_.form(); }

  // x [rows, D]: of every token.
  TokenHeads operator()(const LinearInput& x) const;
  // Keys and values of every token (q is undefined), and the queries of some. Needs few_queries.
  TokenHeads keys_and_values(const LinearInput& x) const;
  at::Tensor queries(const LinearInput& x) const { return q_(x); }

 private:
  PackedLinear all_, q_, kv_;
  int64_t heads_ = 0;
  bool few_queries_ = false;
};

struct PackedMlp {
  PackedLinear fc, proj;
  Activation activation = Activation::kQuickGelu;

  const InputForm& form() const { return fc.form(); }
  at::Tensor operator()(const LinearInput& x) const;  // [rows, D] -> [rows, D]
};
// norm: of what it reads.
PackedMlp packed_mlp(const Weights& weights, const std::string& layer, const NormWeights& norm, Activation activation);

}  // namespace tvts

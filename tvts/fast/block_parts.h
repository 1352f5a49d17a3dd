// The parts of a transformer block that both encoders have, packed from the plain module's parameters.
#pragma once

#include <torch/torch.h>

#include <string>

#include "tvts/config/model_config.h"
#include "tvts/fast/packed_linear.h"
#include "tvts/fast/token_attention.h"
#include "tvts/fast/token_passes.h"

namespace tvts {

// A module's parameters under their checkpoint names, and what the fast path makes of them. type: of matrix products.
class Weights {
 public:
  Weights(const torch::nn::Module& module, at::ScalarType type) : parameters_(module.named_parameters()), type_(type) {}

  at::Tensor at(const std::string& name) const { return parameters_[name].detach(); }
  PackedLinear linear(const std::string& layer) const;  // of layer.weight and layer.bias
  PackedLinear linear(const at::Tensor& weight, const at::Tensor& bias) const { return {weight, bias, type_}; }
  NormWeights norm(const std::string& layer) const;

 private:
  torch::OrderedDict<std::string, at::Tensor> parameters_;
  at::ScalarType type_;
};

// What stacks q, k and v. In a last block few tokens ask, so that q stands apart from k and v.
class QkvLinear {
 public:
  QkvLinear() = default;
  // weight [3 D, D], bias [3 D]
  QkvLinear(const Weights& weights, const at::Tensor& weight, const at::Tensor& bias, int64_t heads, bool few_queries);

  // x [rows, D]: of every token.
  TokenHeads operator()(const at::Tensor& x) const;
  // Keys and values of every token (q is undefined), and the queries of some. Needs few_queries.
  TokenHeads keys_and_values(const at::Tensor& x) const;
  at::Tensor queries(const at::Tensor& x) const { return q_(x); }

 private:
  PackedLinear all_, q_, kv_;
  int64_t heads_ = 0;
  bool few_queries_ = false;
};

struct PackedMlp {
  PackedLinear fc, proj;
  Activation activation = Activation::kQuickGelu;

  at::Tensor operator()(const at::Tensor& x) const;  // [rows, D] -> [rows, D]
};
PackedMlp packed_mlp(const Weights& weights, const std::string& layer, Activation activation);

}  // namespace tvts

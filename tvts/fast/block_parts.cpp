#include "tvts/fast/block_parts.h"

namespace tvts {

PackedLinear Weights::linear(const std::string& layer) const {
  return linear(at(layer + ".weight"), at(layer + ".bias"));
}

NormWeights Weights::norm(const std::string& layer) const {
  return {.gain = at(layer + ".weight").contiguous(), .bias = at(layer + ".bias").contiguous()};
}

QkvLinear::QkvLinear(const Weights& weights, const at::Tensor& weight, const at::Tensor& bias, int64_t heads,
                     bool few_queries)
    : heads_(heads), few_queries_(few_queries) {
  const int64_t width = weight.size(1);
  if (!few_queries) {
    all_ = weights.linear(weight, bias);
    return;
  }
  q_ = weights.linear(weight.narrow(0, 0, width), bias.narrow(0, 0, width));
  kv_ = weights.linear(weight.narrow(0, width, 2 * width), bias.narrow(0, width, 2 * width));
}

TokenHeads QkvLinear::operator()(const at::Tensor& x) const {
  if (few_queries_) {
    TokenHeads tokens = keys_and_values(x);
    tokens.q = queries(x);
    return tokens;
  }
  const std::vector<at::Tensor> parts = all_(x).chunk(3, 1);
  return {.q = parts[0], .k = parts[1], .v = parts[2], .heads = heads_};
}

TokenHeads QkvLinear::keys_and_values(const at::Tensor& x) const {
  const std::vector<at::Tensor> parts = kv_(x).chunk(2, 1);
  return {.q = {}, .k = parts[0], .v = parts[1], .heads = heads_};
}

at::Tensor PackedMlp::operator()(const at::Tensor& x) const {
  at::Tensor hidden = fc(x);
  activate_in_place(hidden, activation);
  return proj(hidden);
}

PackedMlp packed_mlp(const Weights& weights, const std::string& layer, Activation activation) {
  return {.fc = weights.linear(layer + ".c_fc"), .proj = weights.linear(layer + ".c_proj"), .activation = activation};
}

}  // namespace tvts

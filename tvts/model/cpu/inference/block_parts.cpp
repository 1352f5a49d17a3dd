#include "tvts/model/cpu/inference/block_parts.h"

#include <algorithm>

namespace tvts {

PackedLinear Weights::linear(const std::string& layer, const at::Tensor& outlier_columns) const {
  return linear(at(layer + ".weight"), at(layer + ".bias"), outlier_columns);
}

PackedLinear Weights::linear(const at::Tensor& weight, const at::Tensor& bias,
                             const at::Tensor& outlier_columns) const {
  PackedLinear packed(weight, bias, products_, outlier_columns);
  if (on_packed_) on_packed_();
  return packed;
}

NormWeights Weights::norm(const std::string& layer) const {
  return {.gain = at(layer + ".weight").contiguous(), .bias = at(layer + ".bias").contiguous()};
}

at::Tensor outlier_columns_of(const NormWeights& norm, const at::Tensor& weight) {
  constexpr double kDeviations = 4;  // about the largest of a row's normalised numbers
  constexpr double kOutlying = 4;    // times the median
  constexpr int64_t kMost = 16;
  const at::Tensor reach = kDeviations * norm.gain.abs() + norm.bias.abs();
  const at::Tensor size = reach * weight.to(at::kFloat).abs().amax(0);
  const auto [sizes, columns] = size.sort(/*dim=*/0, /*descending=*/true);
  const int64_t outlying = sizes.gt(kOutlying * size.median()).sum().item<int64_t>();
  return columns.narrow(0, 0, std::min(outlying, kMost)).contiguous();
}

QkvLinear::QkvLinear(const Weights& weights, const at::Tensor& weight, const at::Tensor& bias, const NormWeights& norm,
                     int64_t heads, bool few_queries)
    : heads_(heads), few_queries_(few_queries) {
  const int64_t width = weight.size(1);
  const at::Tensor outliers = outlier_columns_of(norm, weight);
  if (!few_queries) {
    all_ = weights.linear(weight, bias, outliers);
    return;
  }
  q_ = weights.linear(weight.narrow(0, 0, width), bias.narrow(0, 0, width), outliers);
  kv_ = weights.linear(weight.narrow(0, width, 2 * width), bias.narrow(0, width, 2 * width), outliers);
}

TokenHeads QkvLinear::operator()(const LinearInput& x) const {
  if (few_queries_) {
    TokenHeads tokens = keys_and_values(x);
    tokens.q = queries(x);
    return tokens;
  }
  const std::vector<at::Tensor> parts = all_(x).chunk(3, 1);
  return {.q = parts[0], .k = parts[1], .v = parts[2], .heads = heads_};
}

TokenHeads QkvLinear::keys_and_values(const LinearInput& x) const {
  const std::vector<at::Tensor> parts = kv_(x).chunk(2, 1);
  return {.q = {}, .k = parts[0], .v = parts[1], .heads = heads_};
}

at::Tensor PackedMlp::operator()(const LinearInput& x) const { return proj(activated(fc, x, activation, proj.form())); }

PackedMlp packed_mlp(const Weights& weights, const std::string& layer, const NormWeights& norm, Activation activation) {
  return {.fc = weights.linear(layer + ".c_fc", outlier_columns_of(norm, weights.at(layer + ".c_fc.weight"))),
          .proj = weights.linear(layer + ".c_proj"),
          .activation = activation};
}

}  // namespace tvts

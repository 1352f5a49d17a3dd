#include "tvts/evaluate/probe/least_squares_probe.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::int64_t kBlock = 8192;  // items that are in memory in double precision together

// Sums over the items, of features and labels minus their means.
struct Moments {
  at::Tensor features;  // [E, E]
  at::Tensor crossed;   // [E, C]
};

Moments moments_of(const LabelledFeatures& train, const at::Tensor& feature_mean, const at::Tensor& label_mean) {
  Moments moments = {.features = at::zeros({feature_mean.size(0), feature_mean.size(0)}, at::kDouble),
                     .crossed = at::zeros({feature_mean.size(0), train.classes}, at::kDouble)};
  for (std::int64_t begin = 0; begin < train.features.size(0); begin += kBlock) {
    const std::int64_t size = std::min(kBlock, train.features.size(0) - begin);
    const at::Tensor x = train.features.narrow(0, begin, size).to(at::kDouble) - feature_mean;
    const at::Tensor one_hot = at::one_hot(train.labels.narrow(0, begin, size), train.classes).to(at::kDouble);
    moments.features.addmm_(x.t(), x);
    moments.crossed.addmm_(x.t(), one_hot - label_mean);
  }
  return moments;
}

}  // namespace

LinearProbe fit_least_squares(const LabelledFeatures& train, const ProbeOptions& options) {
  const auto items = static_cast<double>(train.features.size(0));
  const at::Tensor feature_mean = mean_over_items(train.features);
  const at::Tensor label_mean = at::bincount(train.labels, {}, train.classes).to(at::kDouble) / items;
  Moments moments = moments_of(train, feature_mean, label_mean);
  moments.features.diagonal().add_(items * options.l2.value_or(1 / items));
  const auto [factor, failed] = at::linalg_cholesky_ex(moments.features);
  if (failed.item<std::int32_t>() != 0) {
    fail_input("probe: the features of ", train.features.size(0), " items do not determine the weights; give an l2 ",
               "above ", options.l2.value_or(1 / items));
  }
  const at::Tensor weight = at::cholesky_solve(moments.crossed, factor);  // [E, C]
  const at::Tensor bias = label_mean - at::mv(weight.t(), feature_mean);
  return {.weight = weight.t().to(at::kFloat).contiguous(), .bias = bias.to(at::kFloat)};
}

}  // namespace tvts

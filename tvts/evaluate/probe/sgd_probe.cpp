#include "tvts/evaluate/probe/sgd_probe.h"

#include <cmath>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/core/random.h"

namespace tvts {
namespace {

// v = momentum v + gradient; parameter -= rate v
class Descent {
 public:
  Descent(at::Tensor parameter, const ProbeOptions& options)
      : parameter_(std::move(parameter)), velocity_(at::zeros_like(parameter_)), options_(options) {}

  void step(const at::Tensor& gradient) {
    velocity_.mul_(options_.momentum).add_(gradient);
    parameter_.sub_(velocity_, options_.learning_rate);
  }

 private:
  at::Tensor parameter_, velocity_;
  const ProbeOptions& options_;
};

}  // namespace

std::vector<std::int64_t> epoch_permutation(std::uint64_t seed, std::int64_t epoch, std::int64_t items) {
  RandomStream random(seed, concat("probe/epoch ", epoch));
  std::vector<std::int64_t> order(static_cast<std::size_t>(items));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

LinearProbe train_by_sgd(const LabelledFeatures& train, const ProbeOptions& options, const ProbeProgress& progress) {
  const std::int64_t items = train.features.size(0);
  const LinearProbe probe = {.weight = at::zeros({train.classes, train.features.size(1)}),
                             .bias = at::zeros({train.classes})};
  Descent weight(probe.weight, options), bias(probe.bias, options);
  for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    const at::Tensor order = at::tensor(epoch_permutation(options.seed, epoch, items));
    double loss = 0;
    for (const at::Tensor& batch : order.split(options.batch_size)) {
      const CrossEntropy step =
          cross_entropy(probe, train.features.index_select(0, batch), train.labels.index_select(0, batch));
      weight.step(step.d_weight);
      bias.step(step.d_bias);
      loss += step.loss_sum / static_cast<double>(items);
    }
    if (!std::isfinite(loss)) {
      fail_input("probe: the loss is not finite after epoch ", epoch + 1, " with a learning rate of ",
                 options.learning_rate, "; standardize the features or lower the rate");
    }
    progress(epoch + 1, loss);
  }
  return probe;
}

}  // namespace tvts

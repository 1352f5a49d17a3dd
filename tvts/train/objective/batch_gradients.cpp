#include "tvts/train/objective/batch_gradients.h"

#include "tvts/train/objective/batch_parts.h"

namespace tvts {
namespace {

constexpr at::Tensor EncodedBatch::*kRows[] = {&EncodedBatch::video, &EncodedBatch::texts, &EncodedBatch::sort_logits};

// The same values, cut off from what made them, to collect the gradient of the losses.
EncodedBatch as_leaves(EncodedBatch encoded) {
  for (const auto rows : kRows) {
    if ((encoded.*rows).defined()) encoded.*rows = (encoded.*rows).detach().requires_grad_();
  }
  return encoded;
}

// Ends of a part's graph, and the gradient that the losses give to each.
struct Ends {
  std::vector<at::Tensor> values, gradients;
};

// Takes the part's rows out of the gradient of the batch, and moves `next` (by kind of rows) behind them.
Ends ends_of(const EncodedBatch& part, const EncodedBatch& leaves, std::array<int64_t, 3>& next) {
  Ends ends;
  for (std::size_t kind = 0; kind < std::size(kRows); ++kind) {
    const at::Tensor &value = part.*kRows[kind], &leaf = leaves.*kRows[kind];
    if (!value.defined()) continue;
    const int64_t begin = next[kind];
    next[kind] += value.size(0);
    if (!value.requires_grad() || !leaf.grad().defined()) continue;
    ends.values.push_back(value);
    ends.gradients.push_back(leaf.grad().slice(0, begin, next[kind]));
  }
  return ends;
}

}  // namespace

BatchGradients::BatchGradients(DualEncoder& model, std::vector<at::Tensor> parameters, int64_t parts,
                               Replicas& replicas)
    : model_(model), parameters_(std::move(parameters)), parts_(parts), replicas_(replicas) {}

Losses BatchGradients::add(const ObjectiveBatch& batch, const ObjectiveOptions& options, Collective& collective,
                           double share) {
  const std::vector<ObjectiveBatch> parts = parts_of(batch, parts_);
  std::vector<EncodedBatch> encoded(parts.size());
  replicas_.run(parts.size(), [&](std::size_t part) { encoded[part] = encode(model_, parts[part], options); });

  const EncodedBatch leaves = as_leaves(joined(encoded));
  const Losses losses = losses_of(leaves, options, collective);
  (losses.total * share).backward();

  std::vector<Ends> ends;
  std::array<int64_t, 3> next = {};
  for (EncodedBatch& part : encoded) ends.push_back(ends_of(std::exchange(part, {}), leaves, next));
  if (parts.size() == 1) {
    torch::autograd::backward(ends[0].values, ends[0].gradients);
    return losses;
  }
  std::vector<Gradients> gradients(parts.size());
  replicas_.run(parts.size(), [&](std::size_t part) {
    const Ends own = std::exchange(ends[part], {});  // its graph is gone when its gradients are there
    gradients[part] = torch::autograd::grad(own.values, parameters_, own.gradients, /*retain_graph=*/std::nullopt,
                                            /*create_graph=*/false, /*allow_unused=*/true);
  });
  add_up(gradients);
  return losses;
}

void BatchGradients::add_up(const std::vector<Gradients>& parts) {
  replicas_.run(parameters_.size(), [&](std::size_t i) {
    const at::NoGradGuard no_grad;
    at::Tensor parameter = parameters_[i], sum = parameter.grad();
    for (const Gradients& part : parts) {
      if (part[i].defined()) sum = sum.defined() ? sum + part[i] : part[i];
    }
    parameter.mutable_grad() = sum;
  });
}

}  // namespace tvts

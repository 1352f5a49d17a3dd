#include "tvts/train/loop/gradient_reducer.h"

#include <torch/csrc/autograd/function_hook.h>

namespace tvts {
namespace {

constexpr int64_t kBucketBytes = int64_t{25} << 20;

}  // namespace

struct GradientReducer::Bucket {
  std::vector<std::size_t> parameters;
  std::size_t missing = 0;  // gradients not there yet
  at::Tensor flat;          // all of them, one after the other
  std::unique_ptr<PendingReduction> pending;
};

class GradientReducer::Hook : public torch::autograd::PostAccumulateGradHook {
 public:
  Hook(GradientReducer& reducer, std::size_t parameter) : reducer_(reducer), parameter_(parameter) {}
  void operator()(const torch::autograd::Variable&) override { reducer_.on_gradient(parameter_); }

 private:
  GradientReducer& reducer_;
  std::size_t parameter_;
};

GradientReducer::GradientReducer(std::vector<at::Tensor> parameters, Collective& collective)
    : parameters_(std::move(parameters)), collective_(collective), bucket_of_(parameters_.size()) {
  if (collective.world_size() == 1) return;
  int64_t filled = kBucketBytes;
  // Gradients come roughly from the last parameter to the first.
  for (std::size_t i = parameters_.size(); i-- > 0;) {
    if (filled >= kBucketBytes) {
      buckets_.emplace_back();
      filled = 0;
    }
    buckets_.back().parameters.push_back(i);
    bucket_of_[i] = buckets_.size() - 1;
    filled += static_cast<int64_t>(parameters_[i].nbytes());
    torch::autograd::impl::set_post_acc_grad_hooks(parameters_[i], std::make_unique<Hook>(*this, i));
  }
}

GradientReducer::~GradientReducer() {
  if (collective_.world_size() == 1) return;
  for (const at::Tensor& parameter : parameters_) torch::autograd::impl::set_post_acc_grad_hooks(parameter, nullptr);
}

void GradientReducer::arm() {
  armed_ = true;
  next_to_start_ = 0;
  for (Bucket& bucket : buckets_) bucket.missing = bucket.parameters.size();
}

void GradientReducer::on_gradient(std::size_t parameter) {
  if (!armed_) return;
  --buckets_[bucket_of_[parameter]].missing;
  start_ready_buckets();
}

void GradientReducer::start_ready_buckets() {
  while (next_to_start_ < buckets_.size() && buckets_[next_to_start_].missing == 0) start(buckets_[next_to_start_++]);
}

void GradientReducer::start(Bucket& bucket) {
  std::vector<at::Tensor> gradients;
  for (const std::size_t i : bucket.parameters) {
    if (parameters_[i].grad().defined()) gradients.push_back(parameters_[i].grad().flatten());
  }
  if (gradients.empty()) return;
  bucket.flat = at::cat(gradients).div_(collective_.world_size());
  bucket.pending = collective_.start_all_reduce(bucket.flat);
}

void GradientReducer::finish() {
  armed_ = false;
  while (next_to_start_ < buckets_.size()) start(buckets_[next_to_start_++]);
  for (Bucket& bucket : buckets_) {
    if (!bucket.pending) continue;
    bucket.pending->wait();
    int64_t offset = 0;
    for (const std::size_t i : bucket.parameters) {
      const at::Tensor gradient = parameters_[i].grad();
      if (!gradient.defined()) continue;
      gradient.copy_(bucket.flat.narrow(0, offset, gradient.numel()).view_as(gradient));
      offset += gradient.numel();
    }
    bucket.pending.reset();
    bucket.flat.reset();
  }
}

}  // namespace tvts

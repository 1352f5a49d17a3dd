#include "tvts/train/loop/c10d_collective.h"

#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// Turns an exception of the group into our Error: the rest of the ranks cannot go on without the one that is gone.
template <class Call>
auto with_all_ranks(int rank, Call&& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    std::string reason = error.what();
    reason.resize(std::min(reason.size(), reason.find('\n')));
    fail(ErrorKind::kFailed, "rank ", rank, " has lost another rank (", reason,
         "); start the run again and it goes on from its last checkpoint");
  }
}

class Reduction : public PendingReduction {
 public:
  Reduction(int rank, c10::intrusive_ptr<c10d::Work> work) : rank_(rank), work_(std::move(work)) {}
  void wait() override {
    with_all_ranks(rank_, [&] { return work_->wait(); });
  }

 private:
  int rank_;
  c10::intrusive_ptr<c10d::Work> work_;
};

class C10dCollective : public Collective {
 public:
  explicit C10dCollective(c10::intrusive_ptr<c10d::ProcessGroup> group) : group_(std::move(group)) {}
  int64_t rank() const override { return group_->getRank(); }
  int64_t world_size() const override { return group_->getSize(); }

  at::Tensor all_gather(const at::Tensor& x) override {
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int64_t i = 0; i < world_size(); ++i) outputs[0].push_back(at::empty_like(x));
    std::vector<at::Tensor> inputs = {x.detach()};
    with_all_ranks(group_->getRank(), [&] { return group_->allgather(outputs, inputs)->wait(); });
    return at::cat(outputs[0]);
  }

  std::unique_ptr<PendingReduction> start_all_reduce(at::Tensor x) override {
    std::vector<at::Tensor> tensors = {std::move(x)};
    return std::make_unique<Reduction>(group_->getRank(),
                                       with_all_ranks(group_->getRank(), [&] { return group_->allreduce(tensors); }));
  }

 private:
  c10::intrusive_ptr<c10d::ProcessGroup> group_;
};

}  // namespace

std::unique_ptr<Collective> c10d_collective(const std::string& group) {
  try {
    return std::make_unique<C10dCollective>(c10d::resolve_process_group(group));
  } catch (const c10::Error&) {
    fail_usage("torch.distributed has no process group called '", group, "'; call init_process_group() first");
  }
}

}  // namespace tvts

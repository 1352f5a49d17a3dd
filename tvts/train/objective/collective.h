// The processes of one training run, as the objective and the trainer need them. One process alone is the default; the
// launcher gives the trainer one over torch.distributed.
#pragma once

#include <torch/torch.h>

#include <memory>

namespace tvts {

// A reduction under way.
class PendingReduction {
 public:
  virtual ~PendingReduction() = default;
  // Until the tensor given holds the result. Throws Error(kFailed) when another process is gone.
  virtual void wait() = 0;
};

class Collective {
 public:
  virtual ~Collective() = default;
  virtual int64_t rank() const { return 0; }
  virtual int64_t world_size() const { return 1; }

  // [B, ...] of every rank, in the order of the ranks: [W * B, ...]. Shapes are equal on all ranks. No gradient passes.
  virtual at::Tensor all_gather(const at::Tensor& x) { return x; }

  // Starts to replace `x` by its sum over the ranks. `x` must stay alive until wait().
  virtual std::unique_ptr<PendingReduction> start_all_reduce(at::Tensor x);
};

}  // namespace tvts

// Averages the gradients over the ranks, in buckets, while the backward pass is still running.
#pragma once

#include <memory>
#include <vector>

#include "tvts/train/objective/collective.h"

namespace tvts {

class GradientReducer {
 public:
  // parameters: leaves that take gradients, the same in the same order on every rank. With one rank nothing is done.
  GradientReducer(std::vector<at::Tensor> parameters, Collective& collective);
  ~GradientReducer();
  GradientReducer(const GradientReducer&) = delete;
  GradientReducer& operator=(const GradientReducer&) = delete;

  // Before the backward pass whose gradients (with what was accumulated before) are to be averaged.
  void arm();
  // After it: starts what is left, waits, and leaves the averages in the parameters' gradients. Parameters that the
  // loss did not reach keep none. Throws Error(kFailed) when another rank is gone.
  void finish();

 private:
  struct Bucket;
  class Hook;

  void on_gradient(std::size_t parameter);
  void start(Bucket& bucket);
  void start_ready_buckets();

  std::vector<at::Tensor> parameters_;
  Collective& collective_;
  std::vector<Bucket> buckets_;         // in the order in which the backward pass fills them
  std::vector<std::size_t> bucket_of_;  // of each parameter
  std::size_t next_to_start_ = 0;       // every rank starts its buckets in the same order
  bool armed_ = false;
};

}  // namespace tvts

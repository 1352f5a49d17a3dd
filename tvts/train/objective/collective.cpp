#include "tvts/train/objective/collective.h"

namespace tvts {
namespace {

class Done : public PendingReduction {
 public:
  void wait() override {}
};

}  // namespace

std::unique_ptr<PendingReduction> Collective::start_all_reduce(at::Tensor) { return std::make_unique<Done>(); }

}  // namespace tvts

#include "tvts/train/rank_checks.h"

#include "tvts/core/error.h"

namespace tvts {

void require_same_step(int64_t step, Collective& collective) {
  const at::Tensor steps = collective.all_gather(at::full({1}, step, at::kLong));
  for (int64_t rank = 0; rank < steps.size(0); ++rank) {
    const auto other = steps[rank].item<int64_t>();
    if (other == step) continue;
    fail_input("rank ", collective.rank(), " goes on after step ", step, " and rank ", rank, " after step ", other,
               "; all ranks need the same output folder");
  }
}

std::string world_size_warning(const TrainConfig& config, int64_t world_size) {
  const bool depends = config.objective.gather_gradient == "published";
  if (!depends || config.world_size == 0 || config.world_size == world_size) return "";
  return concat("the published gather gradient divides the contrastive part by the number of ranks: this run has ",
                world_size, ", its config was made for ", config.world_size);
}

}  // namespace tvts

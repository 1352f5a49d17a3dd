#include "tvts/store/shard_plan.h"

#include <algorithm>
#include <span>

#include "tvts/store/journal.h"

namespace tvts {
namespace {

PlannedShard plan_shard(const Inputs& inputs, std::span<const std::size_t> items, std::size_t number,
                        std::size_t group_size) {
  PlannedShard shard{number, {}, {}};
  uint64_t hash = fnv1a(std::to_string(group_size));
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i % group_size == 0) shard.groups.emplace_back();
    shard.groups.back().push_back(items[i]);
    hash = fnv1a(inputs.identity(items[i]), hash);
  }
  shard.tag = std::to_string(hash);
  return shard;
}

}  // namespace

Pending find_pending(const Inputs& inputs, const StoreState& state, std::size_t settled_from) {
  Pending pending;
  for (std::size_t i = 0; i < inputs.items().size(); ++i) {
    const std::string identity = inputs.identity(i);
    const auto failure = state.failed.find(identity);
    if (!inputs.is_first(i)) {
      pending.duplicates += 1;
    } else if (state.stored.contains(identity)) {
      pending.stored += 1;
    } else if (failure != state.failed.end() && failure->second >= settled_from) {
      pending.failed_before += 1;
    } else {
      pending.items.push_back(i);
    }
  }
  return pending;
}

std::vector<PlannedShard> cut_into_shards(const Inputs& inputs, const std::vector<std::size_t>& pending,
                                          std::size_t first_number, std::size_t shard_size, std::size_t group_size) {
  std::vector<PlannedShard> shards;
  const std::span all(pending);
  for (std::size_t begin = 0; begin < all.size(); begin += shard_size) {
    const auto items = all.subspan(begin, std::min(shard_size, all.size() - begin));
    shards.push_back(plan_shard(inputs, items, first_number + shards.size(), group_size));
  }
  return shards;
}

}  // namespace tvts

// Plans the shards and groups that are still to be computed for a list of inputs. Depends on the inputs, on what the
// finished shards hold and on two sizes alone, so that an interrupted run finds its own plan again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tvts/store/store_state.h"

namespace tvts {

struct Pending {
  std::vector<std::size_t> items;  // indices of inputs, ascending
  std::size_t stored = 0;
  std::size_t failed_before = 0;
  std::size_t duplicates = 0;
};

// Failures of shards from `settled_from` on are not tried again.
Pending find_pending(const Inputs& inputs, const StoreState& state, std::size_t settled_from);

struct PlannedShard {
  std::size_t number = 0;
  std::string tag;                               // the same for the same items in the same groups
  std::vector<std::vector<std::size_t>> groups;  // indices of inputs
};

std::vector<PlannedShard> cut_into_shards(const Inputs& inputs, const std::vector<std::size_t>& pending,
                                          std::size_t first_number, std::size_t shard_size, std::size_t group_size);

}  // namespace tvts

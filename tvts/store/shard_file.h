// Makes the finished files of one shard of a store from the groups of its journal.
#pragma once

#include <cstddef>

#include "tvts/store/journal.h"
#include "tvts/store/store_folder.h"

namespace tvts {

struct ShardCounts {
  std::size_t items = 0;
  std::size_t rows = 0;
  std::size_t failed = 0;  // items
};

ShardCounts count_of(const JournalContent& content);

// Writes the shard's files, its statistics last, and removes its journal. Repeating it after an interruption gives the
// same files. `seconds` is the time it took, for the statistics.
void seal_shard(const StoreFolder& folder, std::size_t shard, std::size_t dim, const JournalContent& content,
                double seconds);

}  // namespace tvts

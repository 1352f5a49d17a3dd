// A group's results as the bytes that it adds to its shard's files.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tvts/media/inputs/row.h"
#include "tvts/store/journal.h"

namespace tvts {

struct GroupText {
  std::size_t items = 0;
  std::size_t rows = 0;
  std::string row_lines, error_lines;
  std::vector<float> embeddings;  // [rows, E]

  // A view of it.
  JournalGroup as_journal_group() const;
};

// results[i] is of items[group[i]]. A result with a value that is not finite counts as failed.
GroupText group_text(const std::vector<ItemId>& items, const std::vector<std::size_t>& group,
                     std::span<const ItemResult> results, std::size_t dim);

}  // namespace tvts

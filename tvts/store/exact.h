// Exact search: every row is scored against every query.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "tvts/store/significance.h"
#include "tvts/store/store_reader.h"

namespace tvts {

struct SearchOptions {
  std::size_t k = 10;  // the most hits a query gets
  double min_score = -std::numeric_limits<double>::infinity();
  // Leave out hits with a higher p-value, or less far from neutral texts; both need rows with score statistics.
  std::optional<double> max_p, min_z;
  bool significance = true;  // false for queries that are no texts: hits then carry none
  bool per_video = false;    // of each video only its best window
  std::size_t threads = 1;
};

struct Hit {
  std::size_t row = 0;  // of the store
  float score = 0;      // dot product
  std::optional<Significance> significance;
  std::size_t windows = 1;  // per_video: rows of this video that passed the bounds
};

// Throws Error(kUsage): a bound that is not a number, one of significance where there is none, or a max_p that no bank
// of texts can show.
void check_bounds(const SearchOptions& options);

// queries: [Q, E], row after row. For each query its hits, best first; equal scores in the order of the rows.
// The result does not depend on the number of threads. Throws Error(kInput) when E differs from the store's or a query
// has a value that is not finite, or a file of the store has been cut short, Error(kUsage) when max_p or min_z is asked
// of a store without score statistics, and what check_bounds() throws.
std::vector<std::vector<Hit>> exact_search(const Store& store, std::span<const float> queries,
                                           const SearchOptions& options);

}  // namespace tvts

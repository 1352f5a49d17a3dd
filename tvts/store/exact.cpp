#include "tvts/store/exact.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "tvts/core/dot.h"
#include "tvts/core/error.h"
#include "tvts/core/parallel_for.h"
#include "tvts/store/significance.h"

namespace tvts {
namespace {

// Queries that are scored in one pass over the rows: the rows come from memory once, the scores stay small.
constexpr std::size_t kQueriesAtOnce = 16;

// scores: [queries, rows]. Each thread takes one run of rows; no score depends on another.
std::vector<float> score_rows(const Store& store, std::span<const float> queries, std::size_t threads) {
  const std::size_t rows = store.size();
  const std::size_t dim = store.dim();
  const std::size_t count = queries.size() / dim;
  std::vector<float> scores(count * rows);
  parallel_for(rows, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const float* embedding = store.embedding(row).data();
      for (std::size_t q = 0; q < count; ++q) scores[q * rows + row] = dot(queries.data() + q * dim, embedding, dim);
    }
  });
  return scores;
}

bool is_better(const Hit& a, const Hit& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; }

bool is_far_enough(const Significance& significance, const SearchOptions& options) {
  return significance.p <= options.max_p.value_or(1) &&
         significance.z >= options.min_z.value_or(-std::numeric_limits<double>::infinity());
}

// Every row that passes the bounds.
std::vector<Hit> passing(const Store& store, std::span<const float> scores, const SearchOptions& options) {
  std::vector<Hit> hits;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    Hit hit{row, scores[row], std::nullopt, 1};
    if (!(hit.score >= options.min_score)) continue;
    const auto& neutral = store.neutral(row);
    if (options.significance && neutral) hit.significance = significance(hit.score, *neutral);
    if (hit.significance && !is_far_enough(*hit.significance, options)) continue;
    hits.push_back(hit);
  }
  return hits;
}

// The best hit of each video, with the number of hits it stands for.
std::vector<Hit> best_of_videos(const Store& store, const std::vector<Hit>& hits) {
  std::unordered_map<std::size_t, std::size_t> index_of;  // of a video in `best`
  std::vector<Hit> best;
  for (const Hit& hit : hits) {
    const auto [found, is_new] = index_of.try_emplace(store.video(hit.row), best.size());
    if (is_new) {
      best.push_back(hit);
      continue;
    }
    Hit& held = best[found->second];
    const std::size_t windows = held.windows + 1;
    if (is_better(hit, held)) held = hit;
    held.windows = windows;
  }
  return best;
}

std::vector<Hit> best_hits(const Store& store, std::span<const float> scores, const SearchOptions& options) {
  std::vector<Hit> hits = passing(store, scores, options);
  if (options.per_video) hits = best_of_videos(store, hits);
  const std::size_t kept = std::min(options.k, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), is_better);
  hits.resize(kept);
  return hits;
}

void check_statistics(const Store& store, const char* bound) {
  for (std::size_t row = 0; row < store.size(); ++row) {
    if (store.neutral(row)) continue;
    fail_usage(bound, ": the store keeps no score statistics over neutral texts; embed into a folder, or use ",
               "--min-score");
  }
}

void check(const Store& store, std::span<const float> queries, const SearchOptions& options) {
  if (queries.size() % store.dim() != 0) {
    fail_input("search: found ", queries.size(), " numbers of queries, expected a multiple of the store's ",
               store.dim(), "; embed the queries with the model of the store");
  }
  if (!std::all_of(queries.begin(), queries.end(), [](float x) { return std::isfinite(x); })) {
    fail_input("search: a query has a value that is not finite");
  }
  check_bounds(options);
  if (options.max_p || options.min_z) check_statistics(store, options.max_p ? "--max-p" : "--min-z");
}

}  // namespace

void check_bounds(const SearchOptions& options) {
  if (std::isnan(options.min_score)) fail_usage("--min-score is not a number");
  if (options.min_z && std::isnan(*options.min_z)) fail_usage("--min-z is not a number");
  if (!options.significance && (options.max_p || options.min_z)) {
    fail_usage(options.max_p ? "--max-p" : "--min-z", " is for --text: only texts compare with neutral texts");
  }
  if (!options.max_p) return;
  const double max_p = *options.max_p;
  if (!(max_p >= 0 && max_p <= 1)) fail_usage("--max-p is ", max_p, "; expected a chance, 0 to 1");
  if (max_p >= kLowestP) return;
  fail_usage("--max-p is ", max_p, ", but ", kNeutralTexts, " neutral texts cannot show a chance below 1/",
             kNeutralTexts + 1, " (0.0039); give the distance from them instead, such as --min-z ",
             max_p > 0 ? std::round(z_of_p(max_p) * 10) / 10 : 5);
}

std::vector<std::vector<Hit>> exact_search(const Store& store, std::span<const float> queries,
                                           const SearchOptions& options) {
  check(store, queries, options);
  store.check_sizes();
  std::vector<std::vector<Hit>> hits;
  const std::size_t chunk = kQueriesAtOnce * store.dim();
  for (std::size_t begin = 0; begin < queries.size(); begin += chunk) {
    const auto some = queries.subspan(begin, std::min(chunk, queries.size() - begin));
    const std::vector<float> scores = score_rows(store, some, options.threads);
    for (std::size_t q = 0; q < some.size() / store.dim(); ++q) {
      hits.push_back(best_hits(store, std::span(scores).subspan(q * store.size(), store.size()), options));
    }
  }
  return hits;
}

}  // namespace tvts

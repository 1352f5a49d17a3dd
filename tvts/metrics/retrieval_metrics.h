// The measures of retrieval that are reported, from ranks and from the similarities behind them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tvts/metrics/retrieval_ranks.h"

namespace tvts {

struct RetrievalMetrics {
  std::size_t queries = 0;
  double r1 = 0, r5 = 0, r10 = 0, r50 = 0;  // percent of queries
  double geometric_mean = 0;                // of r1, r5 and r10
  double median_rank = 0, mean_rank = 0;
};

// Throws Error(kInput) where there is no rank.
RetrievalMetrics retrieval_metrics(std::span<const double> ranks);

// 100 for each query that R@k counts, else 0: its mean is R@k. With halves the published rule is: R@1 counts rank 1
// only, R@k ranks below k + 1.
std::vector<double> recall_hits(std::span<const double> ranks, std::size_t k);

// MMS: the mean similarity of the texts with their own videos. Throws as retrieval_ranks().
double mean_matched_similarity(std::span<const float> similarity, const VideoOfText& video_of_text, std::size_t videos);

// The R@k in percent that a perfect model is expected to reach where texts of one group mean the same: it cannot tell
// the g videos of a group apart and finds the right one among its first k with chance min(1, k / g).
// group_of_text: any number that is equal for texts of one group.
double expected_ceiling(std::span<const std::size_t> group_of_text, std::size_t k = 1);

}  // namespace tvts

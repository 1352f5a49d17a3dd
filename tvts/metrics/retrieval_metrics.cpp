#include "tvts/metrics/retrieval_metrics.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "tvts/core/error.h"
#include "tvts/metrics/mean.h"

namespace tvts {

std::vector<double> recall_hits(std::span<const double> ranks, std::size_t k) {
  std::vector<double> hits;
  for (const double rank : ranks) {
    const bool is_hit = k == 1 ? rank == 1 : rank < static_cast<double>(k) + 1;
    hits.push_back(is_hit ? 100 : 0);
  }
  return hits;
}

RetrievalMetrics retrieval_metrics(std::span<const double> ranks) {
  if (ranks.empty()) fail_input("retrieval: found no query");
  std::vector<double> sorted(ranks.begin(), ranks.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  RetrievalMetrics metrics{.queries = ranks.size(),
                           .r1 = mean_of(recall_hits(ranks, 1)),
                           .r5 = mean_of(recall_hits(ranks, 5)),
                           .r10 = mean_of(recall_hits(ranks, 10)),
                           .r50 = mean_of(recall_hits(ranks, 50)),
                           .median_rank = (sorted[middle] + sorted[(sorted.size() - 1) / 2]) / 2,
                           .mean_rank = mean_of(ranks)};
  metrics.geometric_mean = std::cbrt(metrics.r1 * metrics.r5 * metrics.r10);
  return metrics;
}

double mean_matched_similarity(std::span<const float> similarity, const VideoOfText& video_of_text,
                               std::size_t videos) {
  check_matrix_size(similarity.size(), video_of_text.size(), videos);
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t text = 0; text < video_of_text.size(); ++text) {
    const std::size_t video = video_of_text[text];
    if (video == kNoVideo) continue;
    if (video >= videos) {
      fail_input("retrieval: text ", text, " belongs to video ", video, ", expected less than ", videos);
    }
    sum += static_cast<double>(similarity[text * videos + video]);
    ++pairs;
  }
  if (pairs == 0) fail_input("retrieval: found no text");
  return sum / static_cast<double>(pairs);
}

double expected_ceiling(std::span<const std::size_t> group_of_text, std::size_t k) {
  if (group_of_text.empty()) fail_input("retrieval: found no text");
  std::map<std::size_t, std::size_t> size_of_group;
  for (const std::size_t group : group_of_text) ++size_of_group[group];
  std::size_t found = 0;  // of a group of g videos k are found, or all
  for (const auto& [group, size] : size_of_group) found += std::min(k, size);
  return 100 * static_cast<double>(found) / static_cast<double>(group_of_text.size());
}

}  // namespace tvts

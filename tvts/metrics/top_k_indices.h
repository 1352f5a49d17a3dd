// The indices of the highest scores.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace tvts {

// The indices of the k highest scores, best first, of equal ones the earlier first; all where there are fewer.
template <class Score>
std::vector<std::size_t> top_k_indices(std::span<const Score> scores, std::size_t k) {
  std::vector<std::size_t> indices(scores.size());
  std::iota(indices.begin(), indices.end(), 0);
  const std::size_t kept = std::min(k, indices.size());
  std::ranges::partial_sort(
      indices, indices.begin() + static_cast<std::ptrdiff_t>(kept),
      [&](std::size_t a, std::size_t b) { return scores[a] > scores[b] || (scores[a] == scores[b] && a < b); });
  indices.resize(kept);
  return indices;
}

}  // namespace tvts

// Which answers score highest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace tvts {

// The places of the k highest scores, best first, of equal ones the earlier first; all where there are fewer.
template <class Score>
std::vector<std::size_t> best_places(std::span<const Score> scores, std::size_t k) {
  std::vector<std::size_t> places(scores.size());
  std::iota(places.begin(), places.end(), 0);
  const std::size_t kept = std::min(k, places.size());
  std::ranges::partial_sort(
      places, places.begin() + static_cast<std::ptrdiff_t>(kept),
      [&](std::size_t a, std::size_t b) { return scores[a] > scores[b] || (scores[a] == scores[b] && a < b); });
  places.resize(kept);
  return places;
}

}  // namespace tvts

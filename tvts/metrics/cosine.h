// Cosine similarity of features.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tvts/metrics/similarity_tile.h"

namespace tvts {

// a: [A, dim], b: [B, dim] to [A, B]. A norm counts as at least 1e-8, so that a feature of zeros is similar to nothing.
// Throws Error(kInput) where the sizes are no multiple of dim.
std::vector<float> cosine_similarity(std::span<const float> a, std::span<const float> b, std::size_t dim);

// The same, a tile at a time, in float32: for tvts/metrics/retrieval_ranks.h. Equal features have equal bits wherever
// they stand, whatever the tile and the number of threads.
class CosineTiles {
 public:
  // texts: [texts, dim], videos: [videos, dim]. Throws Error(kInput) where the sizes are no multiple of dim.
  CosineTiles(std::span<const float> texts, std::span<const float> videos, std::size_t dim, std::size_t threads = 1);

  std::size_t threads() const { return threads_; }
  void fill(const SimilarityTile& tile, std::span<float> values) const;
  float similarity(std::size_t text, std::size_t video) const;

 private:
  const std::size_t dim_, threads_;
  const std::vector<float> texts_, videos_;  // of length 1
};

}  // namespace tvts

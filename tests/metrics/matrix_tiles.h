// A whole matrix as tiles.
#pragma once

#include "tvts/metrics/similarity_tile.h"

namespace tvts::test {

// values: [texts, videos]; they must outlive what is returned.
inline FillTile matrix_tiles(const std::vector<float>& values, std::size_t videos) {
  return [&values, videos](const SimilarityTile& tile, std::span<float> part) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      part[i] = values[(tile.first_text + i / tile.videos) * videos + tile.first_video + i % tile.videos];
    }
  };
}

}  // namespace tvts::test

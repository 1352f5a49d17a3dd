#include "tvts/metrics/similarity_tile.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

std::vector<SimilarityTile> tiles_of(std::size_t texts, std::size_t videos, std::size_t size) {
  TVTS_ASSERT(size > 0);
  std::vector<SimilarityTile> tiles;
  for (std::size_t text = 0; text < texts; text += std::min(size, texts - text)) {
    for (std::size_t video = 0; video < videos; video += std::min(size, videos - video)) {
      tiles.push_back({text, std::min(size, texts - text), video, std::min(size, videos - video)});
    }
  }
  return tiles;
}

void check_matrix_size(std::size_t found, std::size_t texts, std::size_t videos) {
  const bool fits = texts == 0 || videos == 0 ? found == 0 : found % texts == 0 && found / texts == videos;
  if (!fits) fail_input("retrieval: found ", found, " similarities, expected ", texts, " texts x ", videos, " videos");
}

}  // namespace tvts

// A matrix of similarities, texts against videos, that is seen a part at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace tvts {

// Texts [first_text, first_text + texts) against videos [first_video, first_video + videos).
struct SimilarityTile {
  std::size_t first_text = 0, texts = 0;
  std::size_t first_video = 0, videos = 0;
};

// Writes the tile's similarities, [texts, videos], row after row. A tile is requested several times and must then have
// the same bits. Exact scores that are equal stay ties only where they have the same bits wherever in a tile they are;
// many matrix products do not give that.
using FillTile = std::function<void(const SimilarityTile& tile, std::span<float> values)>;

// At most size x size values at a time, worked on by several threads.
struct Tiling {
  std::size_t size = 1024;
  std::size_t threads = 1;
};

// The whole matrix in tiles of at most size x size: texts in order, and for each stripe of texts the videos in order.
std::vector<SimilarityTile> tiles_of(std::size_t texts, std::size_t videos, std::size_t size);

// Throws Error(kInput) unless `found` numbers are a matrix of texts x videos.
void check_matrix_size(std::size_t found, std::size_t texts, std::size_t videos);

}  // namespace tvts

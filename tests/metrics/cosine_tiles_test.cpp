#include <gtest/gtest.h>

#include "tests/metrics/random_rows.h"
#include "tvts/metrics/cosine.h"

namespace tvts {
namespace {

constexpr std::size_t kDim = 37;

std::vector<float> random_rows(std::size_t rows, const char* name) { return test::random_rows(1, name, rows, kDim); }

TEST(CosineTiles, AgreeWithTheDefinition) {
  const std::vector<float> texts = random_rows(7, "texts"), videos = random_rows(5, "videos");
  const std::vector<float> whole = cosine_similarity(texts, videos, kDim);
  const CosineTiles tiles(texts, videos, kDim, 3);
  std::vector<float> tile(3 * 2);
  tiles.fill({.first_text = 4, .texts = 3, .first_video = 2, .videos = 2}, tile);
  for (std::size_t i = 0; i < tile.size(); ++i) EXPECT_NEAR(tile[i], whole[(4 + i / 2) * 5 + 2 + i % 2], 1e-6);
}

TEST(CosineTiles, EqualFeaturesHaveEqualBitsWhereverTheyStand) {
  const std::vector<float> texts = random_rows(9, "texts");
  std::vector<float> videos = random_rows(1, "videos");
  for (int i = 1; i < 6; ++i) videos.insert(videos.end(), videos.begin(), videos.begin() + kDim);
  const CosineTiles tiles(texts, videos, kDim);
  for (std::size_t text = 0; text < 9; ++text) {
    for (std::size_t video = 1; video < 6; ++video) {
      EXPECT_EQ(tiles.similarity(text, video), tiles.similarity(text, 0));
    }
  }
}

}  // namespace
}  // namespace tvts

#include "tvts/metrics/cosine.h"

#include <cmath>

#include "tvts/core/dot.h"
#include "tvts/core/error.h"
#include "tvts/core/parallel_for.h"

namespace tvts {
namespace {

constexpr double kSmallestNorm = 1e-8;

// [rows, dim] in double precision, each row divided by its norm.
std::vector<double> unit_rows(std::span<const float> features, std::size_t dim) {
  if (dim == 0 || features.size() % dim != 0) {
    fail_input("cosine similarity: found ", features.size(), " numbers, expected rows of ", dim);
  }
  std::vector<double> rows(features.begin(), features.end());
  for (std::size_t begin = 0; begin < rows.size(); begin += dim) {
    const std::span<double> row(rows.data() + begin, dim);
    double sum = 0;
    for (const double value : row) sum += value * value;
    const double norm = std::fmax(std::sqrt(sum), kSmallestNorm);
    for (double& value : row) value /= norm;
  }
  return rows;
}

std::vector<float> unit_floats(std::span<const float> features, std::size_t dim) {
  const std::vector<double> rows = unit_rows(features, dim);
  return {rows.begin(), rows.end()};
}

}  // namespace

std::vector<float> cosine_similarity(std::span<const float> a, std::span<const float> b, std::size_t dim) {
  const std::vector<double> a_rows = unit_rows(a, dim);
  const std::vector<double> b_rows = unit_rows(b, dim);
  std::vector<float> similarity;
  similarity.reserve(a.size() / dim * (b.size() / dim));
  for (std::size_t i = 0; i < a_rows.size(); i += dim) {
    for (std::size_t j = 0; j < b_rows.size(); j += dim) {
      double sum = 0;
      for (std::size_t x = 0; x < dim; ++x) sum += a_rows[i + x] * b_rows[j + x];
      similarity.push_back(static_cast<float>(sum));
    }
  }
  return similarity;
}

CosineTiles::CosineTiles(std::span<const float> texts, std::span<const float> videos, std::size_t dim,
                         std::size_t threads)
    : dim_(dim), threads_(threads), texts_(unit_floats(texts, dim)), videos_(unit_floats(videos, dim)) {}

float CosineTiles::similarity(std::size_t text, std::size_t video) const {
  return dot(texts_.data() + text * dim_, videos_.data() + video * dim_, dim_);
}

void CosineTiles::fill(const SimilarityTile& tile, std::span<float> values) const {
  parallel_for(tile.texts, threads_, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      dots(texts_.data() + (tile.first_text + row) * dim_, videos_.data() + tile.first_video * dim_, tile.videos, dim_,
           values.data() + row * tile.videos);
    }
  });
}

}  // namespace tvts

#include "tvts/search/significance.h"

#include <cmath>
#include <numbers>

#include "tvts/core/error.h"

namespace tvts {
namespace {

double product(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

}  // namespace

ScoreStatistics neutral_statistics(std::span<const float> embedding, std::span<const float> bank) {
  const std::size_t dim = embedding.size();
  TVTS_ASSERT(dim > 0 && bank.size() % dim == 0 && bank.size() / dim >= 2);
  const std::size_t texts = bank.size() / dim;
  // Welford's running mean: no difference of large sums.
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < texts; ++i) {
    const double score = product(embedding, bank.subspan(i * dim, dim));
    const double step = score - mean;
    mean += step / static_cast<double>(i + 1);
    squares += step * (score - mean);
  }
  return {mean, std::sqrt(squares / static_cast<double>(texts - 1))};
}

double p_value(double score, const ScoreStatistics& neutral) {
  if (!(neutral.deviation > 0)) return 1;
  return 0.5 * std::erfc((score - neutral.mean) / (neutral.deviation * std::numbers::sqrt2));
}

}  // namespace tvts

#include "tvts/store/significance.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "tvts/core/error.h"

namespace tvts {
namespace {

double product(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

// Of the standard normal distribution, beyond z.
double tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

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

Significance significance(double score, const ScoreStatistics& neutral) {
  if (!(neutral.deviation > 0)) return {};
  const double z = (score - neutral.mean) / neutral.deviation;
  const double p = tail(z);
  return {.z = z, .p = std::max(p, kLowestP), .p_is_bound = p < kLowestP};
}

double z_of_p(double p) {
  TVTS_ASSERT(p > 0 && p < 1);
  double low = -40, high = 40;  // the tail falls from 1 to 0 between them
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (tail(middle) > p ? low : high) = middle;
  }
  return low;
}

std::string p_text(const Significance& significance) {
  if (significance.p_is_bound) return "< 0.004";
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", significance.p);
  return text;
}

}  // namespace tvts

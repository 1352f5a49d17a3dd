// The mean of plain numbers.
#pragma once

#include <span>

namespace tvts {

// In the values' order, in double precision; of no value: NaN.
inline double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace tvts

// Checks that the numbers of a row are finite.
#pragma once

#include <algorithm>
#include <cmath>

#include "tvts/media/inputs/row.h"

namespace tvts {

inline bool has_finite_rows(const ItemResult& result) {
  return std::ranges::all_of(result.rows, [](const EmbeddedRow& row) {
    return std::ranges::all_of(row.embedding, [](float x) { return std::isfinite(x); });
  });
}

}  // namespace tvts

// The ways in which the fast path multiplies.
#pragma once

#include <array>

#include "tvts/model/cpu/inference/linear_input.h"

namespace tvts::test {

struct ProductsCase {
  const char* name;
  Products products;
  double bound;  // how far a tiny model's features may be off the plain model's, as a share of the largest number
};

inline const std::array kProductsCases = {
    ProductsCase{"Float32", {.type = at::kFloat}, 1e-5}, ProductsCase{"Bfloat16", {.type = at::kBFloat16}, 4e-2},
    ProductsCase{"Bytes", {.type = at::kFloat, .in_bytes = true}, 6e-2},
    ProductsCase{"BytesAroundBfloat16", {.type = at::kBFloat16, .in_bytes = true}, 6e-2}};

}  // namespace tvts::test

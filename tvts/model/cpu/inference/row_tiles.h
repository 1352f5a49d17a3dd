// Passes over rows in tiles that stay in a core's cache from one step to the next.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

#include "tvts/model/cpu/inference/dispatch_dtype.h"
#include "tvts/model/cpu/inference/linear_input.h"
#include "tvts/model/cpu/kernels/quantise.h"

namespace tvts {

// Calls pass(first row, rows) for tiles that make up [0, rows), on all cores.
template <class Pass>
void over_tiles(int64_t rows, const Pass& pass) {
  constexpr int64_t kTile = 16;
  at::parallel_for(0, rows, kTile, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row += kTile) pass(row, std::min(kTile, end - row));
  });
}

// Writes rows [first, first + rows) of what a layer takes in bytes, of at most so many steps. x: those rows,
// overwritten.
template <class T>
void quantise_tile(const LinearInput& to, const InputForm& form, int64_t first, int64_t rows, T* x,
                   float steps = kMostSteps) {
  const int64_t width = to.values.size(1), outliers = to.outliers.size(1);
  quantise(QuantiseRows<T>{.x = x,
                           .rows = static_cast<std::size_t>(rows),
                           .width = static_cast<std::size_t>(width),
                           .steps = steps,
                           .outlier_columns = data_ptr<std::int64_t>(form.outlier_columns),
                           .outliers = static_cast<std::size_t>(outliers),
                           .bytes = data_ptr<std::uint8_t>(to.values) + first * width,
                           .scales = data_ptr<float>(to.scales) + first,
                           .outlier_values = data_ptr<float>(to.outliers) + first * outliers});
}

}  // namespace tvts

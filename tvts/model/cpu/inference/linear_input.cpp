#include "tvts/model/cpu/inference/linear_input.h"

#include "tvts/model/cpu/inference/row_tiles.h"

namespace tvts {

LinearInput LinearInput::narrow(int64_t first, int64_t rows) const {
  const auto part = [&](const at::Tensor& x) { return x.defined() ? x.narrow(0, first, rows) : x; };
  return {.values = part(values), .scales = part(scales), .outliers = part(outliers)};
}

LinearInput LinearInput::select(const at::Tensor& rows) const {
  const auto part = [&](const at::Tensor& x) { return x.defined() ? x.index_select(0, rows) : x; };
  return {.values = part(values), .scales = part(scales), .outliers = part(outliers)};
}

LinearInput empty_input(int64_t rows, int64_t width, const InputForm& form) {
  if (!form.products.in_bytes) return {.values = at::empty({rows, width}, form.products.type)};
  return {.values = at::empty({rows, width}, at::kByte),
          .scales = at::empty({rows}, at::kFloat),
          .outliers = at::empty({rows, form.outlier_columns.size(0)}, at::kFloat)};
}

LinearInput linear_input(const at::Tensor& x, const InputForm& form) {
  if (!form.products.in_bytes) return {.values = x};
  const LinearInput input = empty_input(x.size(0), x.size(1), form);
  dispatch_dtype(x.scalar_type(), [&](auto number) {
    using T = decltype(number);
    over_tiles(x.size(0), [&](int64_t first, int64_t rows) {
      quantise_tile(input, form, first, rows, data_ptr<T>(x) + first * x.size(1));
    });
  });
  return input;
}

}  // namespace tvts

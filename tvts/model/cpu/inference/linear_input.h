// The input of a Linear layer of the fast path.
#pragma once

#include <torch/torch.h>

namespace tvts {

// The compute type of the fast path: rows of a type, or bytes (tvts/model/cpu/kernels/quantise.h) with everything
// around the products in that type.
struct Products {
  at::ScalarType type = at::kFloat;  // float32 or bfloat16
  bool in_bytes = false;
};

// The form of the input of a layer.
struct InputForm {
  Products products;
  at::Tensor outlier_columns;  // int64 [outliers], of bytes: the columns that stay in float32
};

struct LinearInput {
  at::Tensor values;            // [rows, in], of the products' type or bytes
  at::Tensor scales, outliers;  // of bytes: float32 [rows], [rows, outliers]

  LinearInput narrow(int64_t first, int64_t rows) const;
  LinearInput select(const at::Tensor& rows) const;  // int64 [chosen]
};

// Memory for rows of a width.
LinearInput empty_input(int64_t rows, int64_t width, const InputForm& form);

// x [rows, in] of the products' type; what it holds afterwards is not said.
LinearInput linear_input(const at::Tensor& x, const InputForm& form);

}  // namespace tvts

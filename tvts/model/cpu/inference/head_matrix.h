// The memory layout of a matrix of heads.
#pragma once

#include <torch/torch.h>

#include "tvts/model/cpu/inference/dispatch_dtype.h"
#include "tvts/model/cpu/kernels/attend.h"

namespace tvts {

// [rows, heads * head_dim]; rows may lie further apart.
template <class T>
class HeadMatrix {
 public:
  HeadMatrix(const at::Tensor& x, int64_t heads)
      : first_(data_ptr<T>(x)), row_(x.stride(0)), head_dim_(x.size(1) / heads) {}
  T* at(int64_t row, int64_t head) const { return first_ + row * row_ + head * head_dim_; }
  // Every `step`th row from this one on.
  HeadRows<T> rows(int64_t row, int64_t head, int64_t step = 1) const {
    return {at(row, head), static_cast<std::size_t>(step * row_)};
  }
  std::size_t stride() const { return static_cast<std::size_t>(row_); }
  std::size_t head_dim() const { return static_cast<std::size_t>(head_dim_); }

 private:
  T* first_;
  int64_t row_, head_dim_;
};

}  // namespace tvts

// Copies features from libtorch tensors to std::vector.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace tvts {

// The numbers of a float32 tensor on the CPU, row after row.
inline std::vector<float> to_vector(const at::Tensor& features) {
  const at::Tensor values = features.contiguous();
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

}  // namespace tvts

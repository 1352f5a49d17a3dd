// Calls a kernel with the C++ type that belongs to a tensor's dtype.
#pragma once

#include <torch/torch.h>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

// Calls call(T()), with T = float or Bfloat16.
template <class Call>
void dispatch_dtype(at::ScalarType type, Call&& call) {
  TORCH_INTERNAL_ASSERT(type == at::kFloat || type == at::kBFloat16);
  if (type == at::kFloat) {
    call(float());
  } else {
    call(Bfloat16());
  }
}

template <class T>
T* data_ptr(const at::Tensor& x) {
  return static_cast<T*>(x.data_ptr());
}

}  // namespace tvts

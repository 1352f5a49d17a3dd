// From a tensor's type to the kernels' types.
#pragma once

#include <torch/torch.h>

#include "tvts/kernels/bfloat16.h"

namespace tvts {

// call(T()) with T float or Bfloat16.
template <class Call>
void with_type(at::ScalarType type, Call&& call) {
  TORCH_INTERNAL_ASSERT(type == at::kFloat || type == at::kBFloat16);
  if (type == at::kFloat) {
    call(float());
  } else {
    call(Bfloat16());
  }
}

template <class T>
T* numbers(const at::Tensor& x) {
  return static_cast<T*>(x.data_ptr());
}

}  // namespace tvts

// A Linear layer whose weight is laid out for the CPU's matrix products once, by oneDNN.
#pragma once

#include <torch/torch.h>

namespace tvts {

class PackedLinear {
 public:
  PackedLinear() = default;
  // weight [out, in], bias [out] or undefined; type: float32 or bfloat16, of the product and of what enters it.
  PackedLinear(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type);

  // [rows, in] of the type -> [rows, out] of the type
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  at::Tensor weight_, bias_;
};

}  // namespace tvts

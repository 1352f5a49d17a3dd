// A Linear layer whose weight is laid out for the CPU's matrix products once: for oneDNN's, or in float32 on a CPU with
// AVX2 alone for ours (tvts/model/cpu/kernels/panel_product.h), which are faster there.
#pragma once

#include <torch/torch.h>

#include "tvts/model/cpu/inference/linear_input.h"

namespace tvts {

class PackedLinear {
 public:
  PackedLinear() = default;
  // weight [out, in], bias [out] or undefined. outlier_columns: int64 [outliers], the columns of its input that a
  // product of bytes keeps apart; undefined for none.
  PackedLinear(const at::Tensor& weight, const at::Tensor& bias, const Products& products,
               const at::Tensor& outlier_columns = {});

  const InputForm& form() const { return form_; }

  // [rows, in] -> [rows, out] of the products' type
  at::Tensor operator()(const LinearInput& x) const;

  // The same in two steps, so that the second may be part of a later pass: the product, and its rows [first, first +
  // rows) made whole in place, where it lacks something.
  at::Tensor product(const LinearInput& x) const;
  void finish(const at::Tensor& product, const LinearInput& x, int64_t first, int64_t rows) const;

 private:
  void pack_bytes(const at::Tensor& weight, const at::Tensor& bias);
  void pack_panels(const at::Tensor& weight);
  at::Tensor panel_product(const at::Tensor& x) const;

  InputForm form_;
  bool in_panels_ = false;
  int64_t outputs_ = 0;
  at::Tensor weight_;
  at::Tensor bias_;            // may be undefined; of bytes: float32 [out]
  at::Tensor scales_;          // of bytes: float32 [out]
  at::Tensor outlier_weight_;  // of bytes: float32 [outliers, out]
};

}  // namespace tvts

#include "tvts/model/plain/layers.h"

namespace tvts {

LinearImpl::LinearImpl(int64_t in, int64_t out)
    : weight(register_parameter("weight", at::empty({out, in}))), bias(register_parameter("bias", at::empty({out}))) {}

at::Tensor LinearImpl::forward(const at::Tensor& x) const {
  return at::linear(x.to(weight.scalar_type()), weight, bias);
}

LayerNormImpl::LayerNormImpl(int64_t width, double epsilon)
    : weight(register_parameter("weight", at::empty({width}))),
      bias(register_parameter("bias", at::empty({width}))),
      epsilon_(epsilon) {}

at::Tensor LayerNormImpl::forward(const at::Tensor& x) const {
  return at::layer_norm(x.to(at::kFloat), weight.sizes(), weight, bias, epsilon_);
}

at::Tensor activate(const at::Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::kQuickGelu: return x * at::sigmoid(1.702 * x);
    case Activation::kGelu: return at::gelu(x);
  }
  TORCH_INTERNAL_ASSERT(false);
}

MlpImpl::MlpImpl(int64_t width, Activation activation)
    : activation_(activation),
      c_fc_(register_module("c_fc", Linear(width, 4 * width))),
      c_proj_(register_module("c_proj", Linear(4 * width, width))) {}

at::Tensor MlpImpl::forward(const at::Tensor& x) { return c_proj_(activate(c_fc_(x), activation_)); }

at::Tensor project(const at::Tensor& x, const at::Tensor& matrix) {
  return at::matmul(x.to(matrix.scalar_type()), matrix).to(at::kFloat);
}

}  // namespace tvts

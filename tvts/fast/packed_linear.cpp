#include "tvts/fast/packed_linear.h"

#include <ATen/core/dispatch/Dispatcher.h>

namespace tvts {
namespace {

using Reorder = at::Tensor(const at::Tensor&, std::optional<c10::SymInt>);
using Linear = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&, c10::string_view,
                          torch::List<std::optional<at::Scalar>>, std::optional<c10::string_view>);

constexpr int64_t kUsualRows = 1024;  // the layout suits about so many; any number may come

template <class Signature>
auto operation(const char* name) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Signature>();
}

}  // namespace

PackedLinear::PackedLinear(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type) {
  static const auto reorder = operation<Reorder>("mkldnn::_reorder_linear_weight");
  weight_ = reorder.call(weight.detach().to(type).contiguous(), c10::SymInt(kUsualRows));
  if (bias.defined()) bias_ = bias.detach().to(type).contiguous();
}

at::Tensor PackedLinear::operator()(const at::Tensor& x) const {
  static const auto linear = operation<Linear>("mkldnn::_linear_pointwise");
  const std::optional<at::Tensor> bias = bias_.defined() ? std::optional(bias_) : std::nullopt;
  return linear.call(x, weight_, bias, "none", torch::List<std::optional<at::Scalar>>(), "");
}

}  // namespace tvts

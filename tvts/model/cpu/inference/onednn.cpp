#include "tvts/model/cpu/inference/onednn.h"

#include <ATen/core/dispatch/Dispatcher.h>

namespace tvts::onednn {
namespace {

using NoArguments = torch::List<std::optional<at::Scalar>>;
using Reorder = at::Tensor(const at::Tensor&, std::optional<c10::SymInt>);
using Linear = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&, c10::string_view,
                          NoArguments, std::optional<c10::string_view>);
using ReorderBytes = at::Tensor(at::Tensor, std::optional<torch::List<int64_t>>);
using LinearOfBytes = at::Tensor(at::Tensor, double, int64_t, at::Tensor, at::Tensor, at::Tensor,
                                 std::optional<at::Tensor>, double, int64_t, std::optional<at::ScalarType>,
                                 std::string_view, NoArguments, std::string_view);

constexpr int64_t kUsualRows = 1024;  // the layout suits about so many; any number may come
constexpr int64_t kZero = 128;        // the byte that stands for 0

template <class Signature>
auto operation(const char* name) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Signature>();
}

}  // namespace

at::Tensor packed(const at::Tensor& weight) {
  static const auto reorder = operation<Reorder>("mkldnn::_reorder_linear_weight");
  return reorder.call(weight.contiguous(), c10::SymInt(kUsualRows));
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  static const auto linear = operation<Linear>("mkldnn::_linear_pointwise");
  const std::optional<at::Tensor> added = bias.defined() ? std::optional(bias) : std::nullopt;
  return linear.call(x, weight, added, "none", NoArguments(), "");
}

at::Tensor packed_bytes(const at::Tensor& weight) {
  static const auto reorder = operation<ReorderBytes>("onednn::qlinear_prepack");
  return reorder.call(weight.contiguous(), torch::List<int64_t>({kUsualRows, weight.size(1)}));
}

at::Tensor linear_of_bytes(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& scales,
                           at::ScalarType type) {
  static const auto linear = operation<LinearOfBytes>("onednn::qlinear_pointwise");
  const at::Tensor zeros = at::zeros(scales.sizes(), at::kInt);
  return linear.call(x, 1.0, kZero, weight, scales, zeros, std::nullopt, 1.0, 0, type, "none", NoArguments(), "");
}

int largest_weight_byte() {
  static const bool is_exact = [] {
    constexpr int64_t kIn = 64, kOut = 16, kLargest = 127;
    const at::Tensor x = at::full({8, kIn}, 255, at::kByte), weight = at::full({kOut, kIn}, kLargest, at::kChar);
    const at::Tensor sums = linear_of_bytes(x, packed_bytes(weight), at::ones({kOut}), at::kFloat);
    return sums.eq(static_cast<double>((255 - kZero) * kLargest * kIn)).all().item<bool>();
  }();
  return is_exact ? 127 : 63;
}

}  // namespace tvts::onednn

#include "tvts/model/cpu/inference/fast_path.h"

#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <mutex>

#include "tvts/model/cpu/inference/faster.h"
#include "tvts/model/cpu/inference/packed_linear.h"
#include "tvts/model/cpu/kernels/instruction_sets.h"

namespace tvts {
namespace {

bool has_bfloat16_products() {
  static const auto is_supported =
      c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "").typed<bool()>();
  return is_supported.call();
}

bool is_bfloat16_clearly_faster() {
  constexpr int64_t kRows = 256, kWidth = 768;
  const at::InferenceMode no_gradients;
  const auto product_in = [](at::ScalarType type) {
    return [layer = PackedLinear(at::ones({kWidth, kWidth}), {}, {.type = type}),
            x = LinearInput{.values = at::ones({kRows, kWidth}, type)}] { layer(x); };
  };
  return is_clearly_faster(product_in(at::kBFloat16), product_in(at::kFloat));
}

}  // namespace

bool takes_fast_path(at::Device device, const Products& products) {
  if (!device.is_cpu()) return false;
  const std::string capability = at::get_cpu_capability();
  static std::once_flag restricted;  // ATEN_CPU_CAPABILITY counts for our kernels too
  if (capability == "AVX2") std::call_once(restricted, use_avx2_at_most);
  if (capability == "AVX512") return products.type == at::kFloat || has_bfloat16_products();
  return capability == "AVX2" && products.type == at::kFloat;
}

at::ScalarType fastest_type() {
  static const bool is_bfloat16 = takes_fast_path(at::kCPU, {.type = at::kBFloat16}) && is_bfloat16_clearly_faster();
  return is_bfloat16 ? at::kBFloat16 : at::kFloat;
}

}  // namespace tvts

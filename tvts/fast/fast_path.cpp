#include "tvts/fast/fast_path.h"

#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>

namespace tvts {
namespace {

bool has_bfloat16_products() {
  static const auto is_supported =
      c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "").typed<bool()>();
  return is_supported.call();
}

}  // namespace

bool takes_fast_path(at::Device device, at::ScalarType type) {
  if (!device.is_cpu()) return false;
  const std::string capability = at::get_cpu_capability();
  if (capability == "AVX512") return type == at::kFloat || has_bfloat16_products();
  return capability == "AVX2" && type == at::kFloat;
}

}  // namespace tvts

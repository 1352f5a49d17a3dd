#include "tvts/fast/fast_path.h"

#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "tvts/fast/packed_linear.h"

namespace tvts {
namespace {

bool has_bfloat16_products() {
  static const auto is_supported =
      c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "").typed<bool()>();
  return is_supported.call();
}

// The least of some, since other programs can only add to it.
double seconds_of_product(at::ScalarType type) {
  constexpr int64_t kRows = 256, kWidth = 768;
  constexpr int kTimes = 6;
  const at::InferenceMode no_gradients;
  const PackedLinear layer(at::ones({kWidth, kWidth}), {}, {.type = type});
  const LinearInput x = {.values = at::ones({kRows, kWidth}, type)};
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kTimes; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    layer(x);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    least = std::min(least, taken.count());
  }
  return least;
}

}  // namespace

bool takes_fast_path(at::Device device, const Products& products) {
  if (!device.is_cpu()) return false;
  const std::string capability = at::get_cpu_capability();
  if (capability == "AVX512") return products.type == at::kFloat || has_bfloat16_products();
  return capability == "AVX2" && products.type == at::kFloat;
}

at::ScalarType fastest_type() {
  static const at::ScalarType fastest = [] {
    constexpr double kClearly = 1.3;
    if (!takes_fast_path(at::kCPU, {.type = at::kBFloat16})) return at::kFloat;
    return seconds_of_product(at::kFloat) > kClearly * seconds_of_product(at::kBFloat16) ? at::kBFloat16 : at::kFloat;
  }();
  return fastest;
}

}  // namespace tvts

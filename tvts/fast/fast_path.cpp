#include "tvts/fast/fast_path.h"

#include <ATen/Parallel.h>
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

class TimedProduct {
 public:
  explicit TimedProduct(at::ScalarType type)
      : layer_(at::ones({kWidth, kWidth}), {}, {.type = type}), x_{.values = at::ones({kRows, kWidth}, type)} {}

  void run() {
    const auto begin = std::chrono::steady_clock::now();
    layer_(x_);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    least_seconds_ = std::min(least_seconds_, taken.count());
  }
  double least_seconds() const { return least_seconds_; }

 private:
  static constexpr int64_t kRows = 256, kWidth = 768;
  PackedLinear layer_;
  LinearInput x_;
  double least_seconds_ = std::numeric_limits<double>::infinity();
};

// In turns, on one thread, the least of some: other programs that run meanwhile can only add to a time.
bool is_bfloat16_clearly_faster() {
  constexpr double kClearly = 1.3;
  constexpr int kTimes = 8;
  const at::InferenceMode no_gradients;
  const int threads = at::get_num_threads();
  at::set_num_threads(1);
  TimedProduct floats(at::kFloat), bfloats(at::kBFloat16);
  for (int i = 0; i < kTimes; ++i) {
    floats.run();
    bfloats.run();
  }
  at::set_num_threads(threads);
  return floats.least_seconds() > kClearly * bfloats.least_seconds();
}

}  // namespace

bool takes_fast_path(at::Device device, const Products& products) {
  if (!device.is_cpu()) return false;
  const std::string capability = at::get_cpu_capability();
  if (capability == "AVX512") return products.type == at::kFloat || has_bfloat16_products();
  return capability == "AVX2" && products.type == at::kFloat;
}

at::ScalarType fastest_type() {
  static const bool is_bfloat16 = takes_fast_path(at::kCPU, {.type = at::kBFloat16}) && is_bfloat16_clearly_faster();
  return is_bfloat16 ? at::kBFloat16 : at::kFloat;
}

}  // namespace tvts

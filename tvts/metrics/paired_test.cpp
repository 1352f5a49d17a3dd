#include "tvts/metrics/paired_test.h"

#include <algorithm>
#include <cmath>

namespace tvts {

double sign_test_p(std::size_t heads, std::size_t n) {
  const std::size_t fewer = std::min(heads, n - heads);
  const auto log_factorial = [](std::size_t x) { return std::lgamma(static_cast<double>(x) + 1); };
  double tail = 0;
  for (std::size_t k = 0; k <= fewer; ++k) {
    const double log_choose = log_factorial(n) - log_factorial(k) - log_factorial(n - k);
    tail += std::exp(log_choose - static_cast<double>(n) * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

PairedTest paired_test(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options) {
  PairedTest test = {.items = a.size(), .difference = bootstrap_difference(a, b, options)};
  for (std::size_t i = 0; i < a.size(); ++i) {
    test.a_higher += a[i] > b[i];
    test.b_higher += b[i] > a[i];
  }
  test.p = sign_test_p(test.a_higher, test.a_higher + test.b_higher);
  return test;
}

}  // namespace tvts

// Tests whether one system is better than another on the same items.
#pragma once

#include <span>

#include "tvts/metrics/bootstrap.h"

namespace tvts {

struct PairedTest {
  std::size_t items = 0;
  std::size_t a_higher = 0, b_higher = 0;  // items with different values
  Interval difference;                     // of the mean of a - b, 95 %
  double p = 1;  // exact two-sided sign test: the chance of so uneven a split if both were as good. Of hits and misses
                 // that is McNemar's test
};

// Throws Error(kInput) as bootstrap_difference().
PairedTest paired_test(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options = {});

// The chance that of n fair coins `heads` or fewer, or as few tails, show heads.
double sign_test_p(std::size_t heads, std::size_t n);

}  // namespace tvts

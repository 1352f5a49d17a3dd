#include "tvts/fast/faster.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "tvts/lanes/one_thread.h"

namespace tvts {
double seconds_of(const std::function<void()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  return taken.count();
}

bool is_clearly_faster(const std::function<void()>& a, const std::function<void()>& b, const SecondsOf& measure) {
  constexpr double kClearly = 1.3;
  constexpr int kTimes = 8;
  const OneThread one_thread;
  double least_a = std::numeric_limits<double>::infinity(), least_b = least_a;
  for (int i = 0; i < kTimes; ++i) {
    least_a = std::min(least_a, measure(a));
    least_b = std::min(least_b, measure(b));
  }
  return kClearly * least_a < least_b;
}

}  // namespace tvts

#include "tvts/model/cpu/inference/faster.h"

#include <time.h>

#include <algorithm>
#include <limits>

#include "tvts/model/cpu/replicas/one_thread.h"

namespace tvts {
namespace {

double processor_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

double seconds_of(const std::function<void()>& run) {
  const double begin = processor_seconds();
  run();
  return processor_seconds() - begin;
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

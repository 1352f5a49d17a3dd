// Measures the time of the paper's linear probe on features of the size of Kinetics-400.
//
//     bench_probe [ITEMS [DIMENSIONS [CLASSES [EPOCHS]]]]     240000 random features of 512 numbers, 400 classes, 3
//     epochs
//
// One line: seconds an epoch (the first one, which sets things up, left out), the paper's 100 epochs by that, and the
// process's peak memory.

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bench/bench.h"
#include "tvts/core/error.h"
#include "tvts/evaluate/probe/sgd_probe.h"

namespace tvts {
namespace {

using Clock = std::chrono::steady_clock;

int64_t argument(int argc, char** argv, int position, int64_t otherwise) {
  const int64_t value = argc > position ? std::atoll(argv[position]) : otherwise;
  if (value < 1) fail_usage("argument ", position, " is ", value, ", expected 1 or more");
  return value;
}

int run(int argc, char** argv) {
  const int64_t items = argument(argc, argv, 1, 240000), dimensions = argument(argc, argv, 2, 512);
  const int64_t classes = argument(argc, argv, 3, 400), epochs = argument(argc, argv, 4, 3);
  const at::InferenceMode no_gradients;
  const LabelledFeatures train = {.features = at::randn({items, dimensions}),
                                  .labels = at::randint(classes, {items}, at::kLong),
                                  .classes = classes};
  ProbeOptions options;
  options.epochs = epochs + 1;
  Clock::time_point begin;
  train_by_sgd(train, options, [&](int64_t done, double) {
    if (done == 1) begin = Clock::now();
  });
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count() / static_cast<double>(epochs);
  std::printf("%lld x %lld, %lld classes, %d threads\t%.2f s an epoch\t%.0f s for 100\t%.0f MB\n",
              static_cast<long long>(items), static_cast<long long>(dimensions), static_cast<long long>(classes),
              at::get_num_threads(), seconds, 100 * seconds, peak_megabytes());
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_probe", tvts::run, argc, argv); }

// Measures the time of the twelve frames of a clip, from an open file to preprocessed pixels, on one thread.
//
//   bench_decode FILE [ROUNDS]      default: 5
//
// One number: milliseconds, the median over the rounds.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/bench.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/media/video/read_clips.h"

namespace tvts {
namespace {

int run(int argc, char** argv) {
  if (argc < 2) fail_usage("expected FILE [ROUNDS]");
  keep_freed_memory();
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  if (rounds < 1) fail_usage("expected 1 round or more");
  std::vector<double> milliseconds;
  for (int round = 0; round < rounds; ++round) {
    milliseconds.push_back(
        milliseconds_of([&] { read_clips({.path = argv[1]}, {}, {}, [](const Clip&) { return true; }); }));
  }
  std::printf("%.2f\n", median(milliseconds));
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_decode", tvts::run, argc, argv); }

// Finds the missing and the unreadable videos of a benchmark before any of them is embedded.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/benchmark.h"

namespace tvts {

struct MissingVideo {
  std::size_t video = 0;  // of the benchmark
  std::string status;     // "missing", "unreadable"
  std::string reason;
};

// Opens every video as far as its streams are known; none is decoded. In the order of the benchmark.
// on_progress, if set, is called with the number of videos checked, by one thread at a time.
// Throws Error(kInterrupted) on stop.
std::vector<MissingVideo> check_videos(const Benchmark& benchmark, std::size_t workers, std::stop_token stop,
                                       const std::function<void(std::size_t done)>& on_progress = {});

}  // namespace tvts

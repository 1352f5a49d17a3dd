// Starts several threads for one job.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace tvts {

struct ThreadOptions {
  std::size_t count = 1;
  std::string purpose;  // of the error: "that decode"
  std::string remedy;   // likewise: "try fewer --workers"
  // Starts one thread; empty: as a std::jthread.
  std::function<std::jthread(std::function<void()> run)> start;
};

// Appends the threads as they start, each of which calls run() once. Throws Error(kFailed) where the system has no more
// threads: the caller ends those that have started.
void start_threads(std::vector<std::jthread>& threads, const ThreadOptions& options, const std::function<void()>& run);

}  // namespace tvts

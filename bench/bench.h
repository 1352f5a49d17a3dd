// Helpers shared by the programs under bench/.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "tvts/core/error.h"

namespace tvts {

// Resident memory of this process at its most, in megabytes.
inline double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1e3;
}

// Milliseconds that one call takes.
template <class Call>
double milliseconds_of(const Call& call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
  return taken.count();
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Measured {
  double seconds, megabytes;
};

// What seconds() gives, and the most memory, in a process of its own, since peaks only grow.
inline Measured in_own_process(const std::function<double()>& seconds) {
  int ends[2];
  if (pipe(ends) != 0) fail(ErrorKind::kFailed, "no pipe for a measurement");
  if (fork() == 0) {
    const double taken = seconds();
    const Measured point = {.seconds = taken, .megabytes = peak_megabytes()};
    _exit(write(ends[1], &point, sizeof point) == sizeof point ? 0 : 1);
  }
  close(ends[1]);
  Measured point{};
  const bool is_whole = read(ends[0], &point, sizeof point) == sizeof point;
  close(ends[0]);
  int status = 0;
  wait(&status);
  if (!is_whole || status != 0) fail(ErrorKind::kFailed, "a measurement ended with status ", status);
  return point;
}

// Runs the program; of an Error says one line and gives its exit code.
inline int main_of(const char* program, int (*run)(int argc, char** argv), int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", program, error.what());
    return error.exit_code();
  }
}

}  // namespace tvts

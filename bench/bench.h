// What every program under bench/ does around its question.
#pragma once

#include <sys/resource.h>

#include <cstdio>

#include "tvts/core/error.h"

namespace tvts {

// Resident memory of this process at its most, in megabytes.
inline double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1e3;
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

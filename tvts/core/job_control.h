// The stop, the progress and the threads of a long job inside the library.
#pragma once

#include <cstddef>
#include <stop_token>

#include "tvts/core/progress.h"

namespace tvts {

struct JobControl {
  std::stop_token stop;  // the job then throws Error(kInterrupted)
  std::size_t threads = 1;
  JobProgress& progress = no_progress();
};

}  // namespace tvts

#include "cli/job.h"

#include <ATen/Parallel.h>

namespace tvts::cli {

void set_compute_threads() { at::set_num_threads(static_cast<int>(thread_count())); }

JobControl job_control(JobProgress& progress) {
  set_compute_threads();
  return {.stop = stop_requested(), .threads = thread_count(), .progress = progress};
}

}  // namespace tvts::cli

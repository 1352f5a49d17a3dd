// Runs the library's long jobs under a command: progress on stderr, stop on signals.
#pragma once

#include "cli/runtime.h"
#include "tvts/core/job_control.h"

namespace tvts::cli {

// libtorch computes on thread_count() threads, in the whole process.
void set_compute_threads();

// Ended by the stop signal, on thread_count() threads, which are libtorch's too.
JobControl job_control(JobProgress& progress);

}  // namespace tvts::cli

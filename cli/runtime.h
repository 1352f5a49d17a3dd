// Services of the process to its commands: the stop signal, the number of threads, and the data files that come with
// tvts.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

#include "tvts/api/data_files.h"
#include "tvts/model/weights/known_hashes.h"

namespace tvts::cli {

// Takes the places of standard streams that are closed: a file opened later would get such a number, and what is
// printed would go into it. Call it first.
void open_standard_streams();

// Makes SIGINT and SIGTERM a request to stop (a second one ends the process at once). Call it before any thread.
void catch_stop_signals();
std::stop_token stop_requested();
// Throws Error(kInterrupted): for the pauses of work that does not look at the token itself.
void throw_if_stopped();

// Threads for computing: TVTS_NUM_THREADS, else the first number of OMP_NUM_THREADS, else the cores this process may
// use.
std::size_t thread_count();

// Kept in $XDG_CACHE_HOME/tvts/hashes, else ~/.cache/tvts/hashes.
KnownHashes known_hashes();
}  // namespace tvts::cli

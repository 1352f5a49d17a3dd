// Ends a long call when a stop was requested.
#pragma once

#include <stop_token>

#include "tvts/core/error.h"

namespace tvts {

// Throws Error(kInterrupted) once a stop has been requested.
inline void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested()) fail(ErrorKind::kInterrupted, "interrupted");
}

}  // namespace tvts

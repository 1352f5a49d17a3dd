// Draws, encodes and writes a world.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

#include "lab/world/options.h"

namespace tvts::world {

struct WriteWorld {
  std::string folder;
  WorldOptions options;
  std::size_t threads = 1;
  std::stop_token stop;
  // Called with the number of media files written and of all; one call at a time.
  std::function<void(std::size_t done, std::size_t total)> on_progress;
};

// Files are written whole, world.json last; a run that was interrupted continues where it stopped when it is run again
// with the same options. The content depends on the options alone, not on threads or interruptions.
// Throws Error(kUsage) when the folder holds anything else, or a world of other options; Error(kInterrupted) on stop.
void write_world(const WriteWorld& request);

}  // namespace tvts::world

// A world small enough for tests.
#pragma once

#include "lab/world/options.h"

namespace tvts::test {

inline world::WorldOptions tiny_world() {
  world::WorldOptions options;
  options.seed = 5, options.side = 32;
  options.narrated = 1, options.alt = 6, options.stills = 2, options.val = 4;
  options.test = 5, options.twins = 1, options.test_narrated = 1, options.test_actions = 1;
  return options;
}

}  // namespace tvts::test

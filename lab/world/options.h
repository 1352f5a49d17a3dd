// The options of a world: its seed, the size of its frames and the number of clips of each set.
#pragma once

#include <cstdint>
#include <string>

namespace tvts::world {

struct WorldOptions {
  std::uint64_t seed = 0;
  int side = 64;                // pixels of a frame, even
  int narrated = 1000;          // training clips with speech
  int alt = 6000;               // training clips with alt-text
  int stills = 4000;            // training pictures
  double contrast_share = 0.7;  // of the training clips with alt-text that come in contrast sets
  int val = 200;                // clips with alt-text, and pictures, for validation; a quarter as many with speech
  int test = 500;               // clips of the caption retrieval test
  int twins = 300;              // test pairs of each kind
  int test_narrated = 200;
  int test_actions = 20;  // test clips of each class in each action set; twice as many for its training list
};

// Throws Error(kUsage) that names the flag.
void check_options(const WorldOptions& options);

}  // namespace tvts::world

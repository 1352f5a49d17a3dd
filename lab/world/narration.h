// Speech over a clip as YT-Temporal's annotations hold it: a noisy track of timed words, and the same text cleaned.
#pragma once

#include <string>
#include <vector>

#include "lab/world/scene.h"
#include "tvts/core/random.h"

namespace tvts::world {

struct TimedWord {
  std::string word;
  int centiseconds = 0;
};

struct Narration {
  // Words up to 0.6 s early or late (never out of order), some misheard, with fillers in between.
  std::vector<TimedWord> subtitles;
  std::vector<std::string> denoised;  // sentences, without fillers
};

Narration narrate(const Scene& scene, RandomStream& random);

// The word with one letter or two changed, left out or doubled.
std::string misheard(std::string word, RandomStream& random);

}  // namespace tvts::world

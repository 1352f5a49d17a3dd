// Words said in a stretch of time, as subtitles and speech recognisers give them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "tvts/train/corpora/transcript.h"

namespace tvts {

struct Cue {
  double start_seconds = 0, end_seconds = 0;
  std::vector<TimedWord> words;
};

struct Cues {
  std::vector<Cue> cues;
  std::size_t broken = 0;  // passed over, since their times cannot be
};

inline constexpr double kLatestSeconds = 1e7;  // no recording is longer

// Finite, 0 <= start <= end <= kLatestSeconds.
bool is_time_span(double start, double end);

// The words of a text between white space, HTML references resolved, all at this time.
void append_words(std::vector<TimedWord>& words, std::string_view text, double seconds);

// Word k of n at start + k (end - start) / n.
void spread_evenly(std::vector<TimedWord>& words, double start, double end);

}  // namespace tvts

// Spoken words with their times, as annotations of narrated videos hold them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tvts {

struct TimedWord {
  double seconds = 0;
  std::string text;
};

struct Transcript {
  std::vector<TimedWord> words;  // as aligned: the text may be empty or more than one word
  double duration_seconds = 0;   // of the video, as the annotation states it; 0: it does not
};

}  // namespace tvts

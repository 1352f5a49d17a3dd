// Transcripts as players and speech recognisers write them: WebVTT, SubRip, and the JSON of Whisper.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tvts/corpora/annotation.h"

namespace tvts {

// Words said from start to end.
struct Cue {
  double start_seconds = 0, end_seconds = 0;
  std::vector<TimedWord> words;
};

struct Cues {
  std::vector<Cue> cues;
  std::size_t broken = 0;  // passed over, since their times cannot be
};

// .vtt and .srt. A word without a time of its own gets its even share of the cue. Where a file has times inside its
// lines (<00:00:01.200>), only lines with such times count: the others repeat what was said before.
Cues read_subtitles(std::string_view text);

// {"segments": [{"start", "end", "text", "words": [{"word", "start"}...]}...]}; the words may be missing.
// Throws Error(kInput) that begins with `name` when there are no segments.
Cues read_whisper(std::string_view json, const std::string& name);

// By the name's end: .vtt, .srt or .json. Throws Error(kInput) when not one cue can be read.
Cues read_transcript(std::string_view text, const std::string& name);

// The annotation form: words in the order of their times, one denoised piece a cue. The duration is the end of the
// last cue, since these files do not state that of the video.
Annotation annotation_of(const Cues& cues);

// The same as the timed text of a sample whose video's duration is not known.
Transcript transcript_of(const Cues& cues);

}  // namespace tvts

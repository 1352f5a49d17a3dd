// Subtitles (WebVTT, SubRip), and transcripts of any form as annotations.
#pragma once

#include <string>
#include <string_view>

#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/cue.h"

namespace tvts {

// .vtt and .srt. A word without a time of its own gets its even share of the cue. Where a file has times inside its
// lines (<00:00:01.200>), only lines with such times count: the others repeat what was said before.
Cues read_subtitles(std::string_view text);

// By the name's end: .vtt, .srt or .json. Throws Error(kInput) when not one cue can be read.
Cues read_transcript(std::string_view text, const std::string& name);

// The annotation form: words in the order of their times, one denoised piece a cue. The duration is the end of the
// last cue, since these files do not state that of the video.
Annotation annotation_of(const Cues& cues);

// The same as the timed text of a sample whose video's duration is not known.
Transcript transcript_of(const Cues& cues);

}  // namespace tvts

// The JSON that Whisper writes.
#pragma once

#include <string>
#include <string_view>

#include "tvts/train/corpora/cue.h"

namespace tvts {

// {"segments": [{"start", "end", "text", "words": [{"word", "start"}...]}...]}; where a segment has no words, or one
// without a time, those of its text are spread evenly.
// Throws Error(kInput) that begins with `name` when there are no segments.
Cues read_whisper(std::string_view json, const std::string& name);

}  // namespace tvts

// The annotation of a narrated video: {"subtitles": [{"word", "time"}...], "denoised": [{"cleanasr"}...],
// "info": {"duration"}}. The words as heard carry times, the denoised text carries the spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tvts/core/json/parse_json.h"
#include "tvts/train/corpora/transcript.h"

namespace tvts {

struct Annotation {
  std::vector<TimedWord> subtitles;
  std::vector<std::string> denoised;
  double duration_seconds = 0;
};

// Throws Error(kInput) that begins with `name` and says what is not as it should be.
Annotation parse_annotation(std::string_view json, const std::string& name);
// The same of JSON that is parsed already.
Annotation annotation_from(const Json& object, const std::string& name);
std::string annotation_json(const Annotation& annotation);

// Each word of the subtitles with its denoised text, in their order. Words that begin with & or end with ; are left
// out. Without a denoised text the words stand for themselves. Throws Error(kInput) like align_words().
Transcript aligned_transcript(const Annotation& annotation);

// The subtitles that count, their text repaired (fix_text): what is aligned.
std::vector<TimedWord> cleaned_subtitles(const Annotation& annotation);

}  // namespace tvts

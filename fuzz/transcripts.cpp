// Subtitles, Whisper's JSON and annotations: times are finite and in order, annotations are read again as they are
// written.
#include <algorithm>
#include <cmath>

#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/subtitles.h"

namespace tvts::fuzz {
namespace {

void check(const Annotation& annotation) {
  const std::string written = annotation_json(annotation);
  const Annotation again = parse_annotation(written, "again");
  TVTS_ASSERT(annotation_json(again) == written);
  for (const TimedWord& word : aligned_transcript(again).words) TVTS_ASSERT(std::isfinite(word.seconds));
}

}  // namespace

void one_input(Bytes input) {
  const std::string names[] = {"t.vtt", "t.srt", "t.json"};
  const std::size_t form = take_choice(input, std::size(names) + 1);
  if (form == std::size(names)) return check(parse_annotation(text_of(input), "input"));
  const Annotation annotation = annotation_of(read_transcript(text_of(input), names[form]));
  TVTS_ASSERT(std::ranges::is_sorted(annotation.subtitles, {}, &TimedWord::seconds));
  check(annotation);
}

}  // namespace tvts::fuzz

#include "tvts/train/corpora/captioned_list.h"

#include "tvts/core/error.h"
#include "tvts/train/corpora/corpus_forms.h"

namespace tvts {

std::string CaptionedList::key(int64_t i) const {
  const CaptionedRow& sample = row(i);
  if (!sample.start_seconds && !sample.end_seconds) return sample.path;
  return concat(sample.path, " from ", sample.start_seconds.value_or(0), " s");
}

VideoSource CaptionedList::video(int64_t i) const {
  const CaptionedRow& sample = row(i);
  return {.path = path_below(options().root, sample.path),
          .start_seconds = sample.start_seconds,
          .end_seconds = sample.end_seconds};
}

}  // namespace tvts

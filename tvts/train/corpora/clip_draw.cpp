#include "tvts/train/corpora/clip_draw.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/train/corpora/frame_draw.h"
#include "tvts/train/corpora/segments.h"

namespace tvts {
namespace {

// The frames with start <= time < end.
FrameInterval part_of(const FrameTimes& times, const VideoSource& source) {
  const auto before = [&](double seconds) {
    return std::ranges::lower_bound(times.seconds, seconds) - times.seconds.begin();
  };
  const int64_t begin = source.start_seconds ? before(*source.start_seconds) : 0;
  const int64_t end = source.end_seconds ? before(*source.end_seconds) : static_cast<int64_t>(times.seconds.size());
  if (begin >= end) {
    fail_input("video ", source.name(), ": found no frame from ", source.start_seconds.value_or(0), " s on",
               source.end_seconds ? concat(" and before ", *source.end_seconds, " s") : "",
               ", expected one; it ends at ", times.end_seconds, " s");
  }
  return {begin, end};
}

}  // namespace

ClipDraw::ClipDraw(const Corpus& corpus, int64_t sample, const VideoSource& source, const ClipForm& form,
                   RandomStream random)
    : source_(source),
      text_(corpus.text(sample)),
      segments_(corpus.options().segments),
      form_(form),
      crop_x_(random.uniform()),
      crop_y_(random.uniform()),
      random_(random) {}

bool ClipDraw::by_time() const {
  const bool needs_duration = text_.transcript && text_.transcript->duration_seconds == 0;
  return source_.start_seconds || source_.end_seconds || needs_duration;
}

// Of the duration that the annotation states, else of the video's own.
int64_t ClipDraw::whole_seconds(const FrameTimes& times) const {
  constexpr double kLongest = 1e7;
  const double stated = text_.transcript->duration_seconds;
  return static_cast<int64_t>(std::min(stated > 0 ? stated : times.end_seconds, kLongest));
}

std::vector<int64_t> ClipDraw::frames(const FrameTimes& times) const {
  RandomStream random = random_;
  if (!text_.transcript) return draw_frames(part_of(times, source_), form_.num_frames, random);
  const int64_t seconds = whole_seconds(times);
  const Segments segments = draw_segments(seconds, segments_, random);
  const auto count = static_cast<int64_t>(times.seconds.size());
  return draw_frames(segment_frames(segments, seconds, count), form_.num_frames, random);
}

std::vector<std::string> ClipDraw::texts(const FrameTimes& times) const {
  if (!text_.transcript) return {text_.caption};
  RandomStream random = random_;
  return segment_texts(draw_segments(whole_seconds(times), segments_, random), *text_.transcript);
}

int64_t ClipDraw::crop_begin(int64_t length, double fraction) const {
  const int64_t slack = length - form_.image_size;
  TVTS_ASSERT(slack >= 0);
  return form_.random_crop ? static_cast<int64_t>(fraction * static_cast<double>(slack + 1)) : slack / 2;
}

}  // namespace tvts

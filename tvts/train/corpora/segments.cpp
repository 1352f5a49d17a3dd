#include "tvts/train/corpora/segments.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

Segments place_segments(int64_t whole_seconds, int64_t k, int64_t segment_seconds,
                        std::optional<double> start_seconds) {
  TVTS_ASSERT(whole_seconds >= 0 && k > 0);
  const auto video = static_cast<double>(whole_seconds), parts = static_cast<double>(k);
  double start = 0, step = video / parts, length = step - 1;
  if (start_seconds) {
    start = *start_seconds;
    const double wanted_end = start + static_cast<double>(segment_seconds) * parts + (parts - 1);
    length = (std::min(wanted_end, video - 1) - start - (parts - 1)) / parts;
    step = length + 1;
  }
  Segments segments;
  for (int64_t i = 0; i < k; ++i) {
    segments.starts.push_back(start + static_cast<double>(i) * step);
    segments.ends.push_back(segments.starts.back() + length);
  }
  return segments;
}

Segments draw_segments(int64_t whole_seconds, int64_t k, RandomStream& random) {
  const int64_t segment_seconds = 3 + static_cast<int64_t>(random.below(3));
  const double fraction = random.uniform();
  const int64_t slack = whole_seconds - (segment_seconds * k + k - 1);
  if (slack <= 0) return place_segments(whole_seconds, k, segment_seconds, std::nullopt);
  return place_segments(whole_seconds, k, segment_seconds, fraction * static_cast<double>(slack));
}

FrameInterval segment_frames(const Segments& segments, int64_t whole_seconds, int64_t frame_count) {
  TVTS_ASSERT(frame_count > 0);
  if (whole_seconds == 0) return {0, frame_count};
  const double per_second = static_cast<double>(frame_count) / static_cast<double>(whole_seconds);
  const double start = segments.starts.front(), end = segments.ends.back();
  const auto begin = static_cast<int64_t>(start * per_second);
  const int64_t stop = std::min(begin + static_cast<int64_t>((end - start) * per_second), frame_count);
  return begin < stop ? FrameInterval{begin, stop} : FrameInterval{0, frame_count};
}

std::vector<std::string> segment_texts(const Segments& segments, const Transcript& transcript) {
  std::vector<std::string> texts(segments.starts.size());
  for (const TimedWord& word : transcript.words) {
    for (std::size_t k = 0; k < texts.size(); ++k) {
      if (segments.starts[k] < word.seconds && word.seconds < segments.ends[k]) texts[k] += word.text + " ";
    }
  }
  return texts;
}

}  // namespace tvts

#include "tvts/train/corpora/whole_sample.h"

#include <algorithm>

#include "tvts/train/corpora/clip_reader.h"

namespace tvts {
namespace {

std::vector<std::string> parts_of(const Transcript& transcript, int64_t parts, double seconds) {
  std::vector<std::string> texts(static_cast<std::size_t>(parts));
  for (const TimedWord& word : transcript.words) {
    const double position = seconds > 0 ? word.seconds / seconds * static_cast<double>(parts) : 0;
    const double part = std::clamp(position, 0.0, static_cast<double>(parts - 1));
    texts[static_cast<std::size_t>(part)] += word.text + " ";
  }
  return texts;
}

}  // namespace

MediaItem whole_video(const Corpus& corpus, int64_t sample) {
  const VideoSource source = corpus.video(sample);
  MediaBytes media = media_of(source);
  MediaItem item;
  item.path = std::move(media.path);
  item.content = std::move(media.content);
  item.start_seconds = source.start_seconds;
  item.end_seconds = source.end_seconds;
  return item;
}

std::vector<std::string> whole_texts(const Corpus& corpus, int64_t sample, double video_seconds) {
  const SampleText text = corpus.text(sample);
  if (!text.transcript) return {text.caption};
  const double stated = text.transcript->duration_seconds;
  return parts_of(*text.transcript, corpus.options().segments, stated > 0 ? stated : video_seconds);
}

}  // namespace tvts

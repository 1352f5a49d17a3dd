#include "tvts/train/loop/validation_set.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/media/clips/clip_stream.h"
#include "tvts/train/corpora/whole_sample.h"
#include "tvts/train/loop/training_data.h"

namespace tvts {
namespace {

MediaFeed feed_of(const std::shared_ptr<const Corpus>& corpus, int64_t samples) {
  return [corpus, samples, next = int64_t{0}]() mutable -> std::optional<MediaItem> {
    if (next == samples) return std::nullopt;
    const int64_t sample = next++;
    try {
      return whole_video(*corpus, sample);
    } catch (const Error& error) {
      return failed_item(corpus->key(sample), error.what());
    }
  };
}

bool is_said(const std::vector<std::string>& texts) {
  return std::ranges::any_of(
      texts, [](const std::string& text) { return text.find_first_not_of(" \t\r\n") != std::string::npos; });
}

// Adds the sample that the stream has come to. Throws Error(kInput) when it is of no use.
void add_sample(ValidationSet& set, const Corpus& corpus, int64_t sample, ClipStream& stream) {
  auto clip = stream.next_clip();
  if (clip) stream.next_clip();  // nothing more: a video without windows is one clip
  const ItemEnd& end = stream.item_end();
  if (!end.status.empty()) fail_input(end.error);
  std::vector<std::string> texts = whole_texts(corpus, sample, end.report.duration_seconds);
  if (!is_said(texts)) fail_input(corpus.key(sample), ": found no text, expected what the clip is retrieved by");
  set.clips.push_back(std::move(*clip));
  std::ranges::move(texts, std::back_inserter(set.texts));
}

}  // namespace

ValidationSet read_validation_set(const TrainConfig& config, const ClipOptions& options, std::stop_token stop) {
  const auto corpus = open_corpus(corpus_options(config.validation));
  const int64_t samples = std::min(config.validation.limit, corpus->size());
  ClipStream stream(feed_of(corpus, samples), options, static_cast<std::size_t>(config.data.workers), std::move(stop));
  ValidationSet set = {.segments = config.validation.segments};
  for (int64_t sample = 0; stream.next_item(); ++sample) {
    try {
      add_sample(set, *corpus, sample, stream);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kInput) throw;
      log_warning(concat("validation leaves a clip out: ", error.what()));
    }
  }
  if (set.clips.size() < 2) {
    fail_input(config.validation.list, ": of ", samples, " clips to validate on ", set.clips.size(),
               " can be used, expected two or more");
  }
  return set;
}

}  // namespace tvts

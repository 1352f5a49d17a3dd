#include "tvts/features/speed.h"

#include <algorithm>
#include <chrono>

#include "tvts/core/error.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/text_embedder.h"

namespace tvts {
namespace {

struct Counted {
  std::size_t clips = 0, failed = 0;
};

Counted decode_all(const std::vector<MediaItem>& videos, const EmbedOptions& options, std::size_t threads,
                   std::stop_token stop) {
  Counted counted;
  ClipStream stream(feed_of(videos), options.clips, threads, stop);
  while (stream.next_item()) {
    while (stream.next_clip()) ++counted.clips;
    counted.failed += stream.item_end().status.empty() ? 0 : 1;
  }
  return counted;
}

}  // namespace

SpeedTest::SpeedTest(const InferenceModel& model, const EmbedOptions& options, std::size_t threads, std::size_t rounds,
                     std::stop_token stop)
    : model_(model), options_(options), threads_(threads), rounds_(rounds), stop_(std::move(stop)) {
  TVTS_ASSERT(rounds > 0);
}

// A first run that is not counted warms caches and makes buffers.
template <class Run>
double SpeedTest::median_seconds(const Run& run) const {
  std::vector<double> seconds;
  for (std::size_t round = 0; round <= rounds_; ++round) {
    throw_if_stopped(stop_);
    const auto begin = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    if (round > 0) seconds.push_back(taken.count());
  }
  std::ranges::sort(seconds);
  return (seconds[(seconds.size() - 1) / 2] + seconds[seconds.size() / 2]) / 2;
}

void SpeedTest::measure_model(SpeedReport& report) {
  const auto batch = static_cast<int64_t>(options_.batch_size);
  const int64_t frames = options_.clips.num_frames, size = options_.clips.image_size;
  const at::Tensor video = at::randn({batch, frames, 3, size, size});
  const std::vector<int64_t> counts(options_.batch_size, frames);
  report.model_seconds =
      median_seconds([&] { model_.embed_videos(video, counts, options_.pool); }) / static_cast<double>(batch);
}

void SpeedTest::measure_texts(const Tokenizer& tokenizer, const std::vector<std::string>& texts, SpeedReport& report) {
  TVTS_ASSERT(!texts.empty());
  report.text_seconds = median_seconds([&] { embed_texts(model_, tokenizer, texts, /*normalize=*/true, kTextBatch); }) /
                        static_cast<double>(texts.size());
}

void SpeedTest::measure_videos(const std::vector<MediaItem>& videos, SpeedReport& report) {
  Counted counted;
  const double decoding = median_seconds([&] { counted = decode_all(videos, options_, threads_, stop_); });
  report.clips = counted.clips;
  report.failed = counted.failed;
  if (counted.clips == 0) fail_input("not one of ", videos.size(), " videos can be read; `tvts inspect` tells why");
  const auto clips = static_cast<double>(counted.clips);
  report.decode_seconds = decoding / clips;
  report.whole_seconds = median_seconds([&] {
                           VideoEmbedder embedder(model_, for_inputs(options_, videos.size()), feed_of(videos), stop_);
                           while (!embedder.next_group().empty()) {
                           }
                         }) /
                         clips;
}

}  // namespace tvts

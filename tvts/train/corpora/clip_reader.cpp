#include "tvts/train/corpora/clip_reader.h"

#include <algorithm>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/train/corpora/clip_draw.h"
#include "tvts/train/corpora/shard_bytes.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestMember = std::size_t{1} << 30;  // bytes of a video in a shard

void append_crop(std::vector<std::uint8_t>& pixels, std::span<const std::uint8_t> frame, int64_t width, int64_t height,
                 const ClipDraw& draw, int64_t size) {
  const int64_t x = draw.crop_begin_x(width), y = draw.crop_begin_y(height);
  for (int64_t row = y; row < y + size; ++row) {
    const auto begin = frame.begin() + 3 * (row * width + x);
    pixels.insert(pixels.end(), begin, begin + 3 * size);
  }
}

TrainingSample sample_of(const VideoFrames& frames, const ClipDraw& draw, const ClipForm& form) {
  TrainingSample sample{.clip = {.frames = form.num_frames, .image_size = form.image_size}};
  const std::size_t bytes = frames.pixels.size() / frames.indices.size();
  for (const int64_t index : draw.frames(frames.facts.times)) {
    const auto position = std::ranges::lower_bound(frames.indices, index) - frames.indices.begin();
    append_crop(sample.clip.pixels, std::span(frames.pixels).subspan(static_cast<std::size_t>(position) * bytes, bytes),
                frames.width, frames.height, draw, form.image_size);
  }
  sample.texts = draw.texts(frames.facts.times);
  return sample;
}

// Nothing when the cache file is damaged.
std::optional<TrainingSample> sample_of(const CachedFrames& frames, const ClipDraw& draw, const ClipForm& form) {
  TrainingSample sample{.clip = {.frames = form.num_frames, .image_size = form.image_size}};
  for (const int64_t index : draw.frames(frames.times())) {
    const auto frame = frames.frame(index);
    if (!frame) return std::nullopt;
    append_crop(sample.clip.pixels, *frame, frames.width(), frames.height(), draw, form.image_size);
  }
  sample.texts = draw.texts(frames.times());
  return sample;
}

std::string identity_of(const VideoSource& source, const ClipForm& form) {
  const auto status = file_status(source.path);
  if (!status) fail_input("video ", source.path, ": ", errno_text());
  return concat(source.name(), '\n', source.offset, '\n', status->size_bytes, '\n', status->modified_ns, '\n', "R ",
                form.image_size, form.preprocess == Preprocess::kTvtsv2Eval ? "" : ' ' + to_string(form.preprocess));
}

std::vector<int64_t> all_frames(std::size_t count) {
  std::vector<int64_t> frames(count);
  std::iota(frames.begin(), frames.end(), int64_t{0});
  return frames;
}

}  // namespace

MediaBytes media_of(const VideoSource& source) {
  MediaBytes media{.path = source.name(), .content = nullptr};
  if (!source.member.empty()) {
    media.content = std::make_shared<const std::vector<std::byte>>(
        read_shard_bytes(source.path, source.offset, source.size_bytes, kLongestMember));
  }
  return media;
}

ClipReader::ClipReader(std::shared_ptr<const Corpus> corpus, const ClipForm& form, const std::string& cache_folder,
                       std::size_t max_cached_clip_bytes)
    : corpus_(std::move(corpus)),
      form_(form),
      cache_(cache_folder.empty() ? nullptr : std::make_unique<const FrameCache>(cache_folder)),
      max_cached_clip_bytes_(max_cached_clip_bytes) {}

TrainingSample ClipReader::read(int64_t sample, const RandomStream& random, std::stop_token stop,
                                std::string* warning) const {
  const VideoSource source = corpus_->video(sample);
  const ClipDraw draw(*corpus_, sample, source, form_, random);
  TrainingSample read = cache_ ? read_through_cache(source, draw, stop, warning) : read_video(source, draw, stop);
  read.key = corpus_->key(sample);
  return read;
}

FrameReadOptions ClipReader::frame_options(const ClipDraw& draw) const {
  return {.image_size = form_.image_size, .preprocess = form_.preprocess, .by_time = draw.by_time()};
}

TrainingSample ClipReader::read_video(const VideoSource& source, const ClipDraw& draw, std::stop_token stop) const {
  const FrameReadOptions options = frame_options(draw);
  const VideoFrames frames = read_frames(media_of(source), options, std::move(stop),
                                         [&](const FrameFacts& facts) { return draw.frames(facts.times); });
  return sample_of(frames, draw, form_);
}

void ClipReader::check_video(int64_t sample, std::stop_token stop) const {
  const VideoSource source = corpus_->video(sample);
  const ClipDraw draw(*corpus_, sample, source, form_, RandomStream(0, "check"));
  const FrameReadOptions options = frame_options(draw);
  read_frames(media_of(source), options, std::move(stop), [&](const FrameFacts& facts) {
    draw.frames(facts.times);
    return std::vector<int64_t>{static_cast<int64_t>(facts.times.seconds.size()) - 1};
  });
}

TrainingSample ClipReader::read_through_cache(const VideoSource& source, const ClipDraw& draw, std::stop_token stop,
                                              std::string* warning) const {
  const std::string identity = identity_of(source, form_);
  const auto cached = cache_->find(identity);
  if (cached && !cached->kept()) return read_video(source, draw, std::move(stop));
  if (cached) {
    if (auto sample = sample_of(*cached, draw, form_)) return std::move(*sample);
  }
  bool keep = false;
  const FrameReadOptions options = frame_options(draw);
  const VideoFrames frames = read_frames(media_of(source), options, stop, [&](const FrameFacts& facts) {
    const std::size_t count = facts.times.seconds.size();
    keep = facts.from_packets && facts.frame_bytes > 0 &&
           static_cast<std::size_t>(facts.frame_bytes) <= max_cached_clip_bytes_ / count;
    return keep ? all_frames(count) : draw.frames(facts.times);
  });
  store(identity, keep ? frames : VideoFrames{}, warning);
  // A file with other frames than its header announces may still have those up to the frames drawn; with and without a
  // cache alike.
  return frames.facts.from_packets ? sample_of(frames, draw, form_) : read_video(source, draw, std::move(stop));
}

// A cache that cannot be written to (disk full) is no reason to stop: it is not tried again.
void ClipReader::store(const std::string& identity, const VideoFrames& frames, std::string* warning) const {
  if (cache_failed_) return;
  try {
    cache_->store(identity, frames);
  } catch (const Error& error) {
    if (!cache_failed_.exchange(true) && warning != nullptr) {
      *warning = concat("the cache takes no more frames: ", error.what());
    }
  }
}

}  // namespace tvts

#include "tvts/embed/video_embedder.h"

#include "tvts/core/error.h"
#include "tvts/video/normalise.h"

namespace tvts {
namespace {

RowInfo row_info(const Clip& clip) {
  RowInfo info;
  info.start = clip.start_seconds;
  info.end = clip.end_seconds;
  info.frame_seconds = clip.frame_seconds;
  return info;
}

std::vector<float> to_vector(const at::Tensor& row) {
  const float* values = row.const_data_ptr<float>();
  return {values, values + row.numel()};
}

// A clip of the video's last frame again and again after its own.
void repeat_last_frame(Clip& clip, int64_t frames) {
  const auto frame_bytes = static_cast<std::ptrdiff_t>(clip.pixels.size()) / clip.frames;
  clip.pixels.reserve(static_cast<std::size_t>(frame_bytes * frames));
  for (; clip.frames < frames; ++clip.frames) {
    const std::vector<std::uint8_t> last(clip.pixels.end() - frame_bytes, clip.pixels.end());
    clip.pixels.insert(clip.pixels.end(), last.begin(), last.end());
  }
}

// What is known of a whole video only once it has been read.
void describe_rows(EmbeddedItem& item, const VideoReport& report) {
  for (EmbeddedRow& row : item.result.rows) {
    row.info.duration = report.duration_seconds;
    if (report.frame_rate > 0) row.info.fps = report.frame_rate;
    row.info.frames_promised = report.frames_promised;
    row.info.frames_found = report.frames_found;
    row.info.decode_errors = report.decode_errors;
    row.info.warnings = item.item.warnings;
    row.info.warnings.insert(row.info.warnings.end(), report.warnings.begin(), report.warnings.end());
  }
}

}  // namespace

// Clips that wait to go through the model together; their rows are put where they belong afterwards.
class VideoEmbedder::Batch {
 public:
  Batch(InferenceModel& model, const EmbedOptions& options) : model_(model), options_(options) {}

  void add(Clip clip, std::size_t item, std::vector<EmbeddedItem>& group) {
    // A still image goes through the model as a one-frame video, never padded with frames that are not there.
    const int64_t frames = clip.still_image ? 1 : options_.clips.num_frames;
    if (!clips_.empty() && (frames != frames_ || clips_.size() == options_.batch_size)) run(group);
    frames_ = frames;
    if (options_.repeat_last_frame) repeat_last_frame(clip, frames);
    clips_.push_back(std::move(clip));
    items_.push_back(item);
  }

  void run(std::vector<EmbeddedItem>& group) {
    if (clips_.empty()) return;
    const at::Tensor video = pixels();
    at::Tensor embeddings;
    VideoFeatures features;
    if (options_.tokens) {
      features = model_.video_features(video);
      embeddings = features.embedding;
    } else {
      embeddings = model_.embed_videos(video, frame_counts(), options_.pool);
    }
    if (options_.normalize) embeddings = l2_normalised(embeddings);
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      EmbeddedItem& item = group[items_[i]];
      const auto row = static_cast<int64_t>(i);
      item.result.rows.push_back({.embedding = to_vector(embeddings[row]), .info = row_info(clips_[i])});
      item.frames += static_cast<std::size_t>(clips_[i].frames);
      if (options_.tokens) item.tokens.push_back(clip_tokens(features.tokens[row]));
    }
    clips_.clear();
    items_.clear();
  }

 private:
  at::Tensor pixels() const {
    const int64_t size = clips_.front().image_size;
    const at::Tensor video = at::empty({static_cast<int64_t>(clips_.size()), frames_, 3, size, size}, at::kFloat);
    for (std::size_t i = 0; i < clips_.size(); ++i) {
      normalise(clips_[i], options_.clips.preprocess, frames_, video[static_cast<int64_t>(i)].data_ptr<float>());
    }
    return video;
  }

  std::vector<int64_t> frame_counts() const {
    std::vector<int64_t> counts;
    for (const Clip& clip : clips_) counts.push_back(clip.frames);
    return counts;
  }

  ClipTokens clip_tokens(const at::Tensor& tokens) const {
    const int64_t patches = tokens.size(0) / frames_ * frames_;  // the B kind has CLS before them
    const at::Tensor frames = tokens.narrow(0, tokens.size(0) - patches, patches).unflatten(0, {frames_, -1}).mean(1);
    return {.tokens = tokens, .frames = frames};
  }

  InferenceModel& model_;
  const EmbedOptions& options_;
  int64_t frames_ = 0;  // T of the clips that wait
  std::vector<Clip> clips_;
  std::vector<std::size_t> items_;
};

VideoEmbedder::VideoEmbedder(InferenceModel& model, const EmbedOptions& options, MediaFeed feed, std::stop_token stop)
    : model_(model), options_(options), stream_(std::move(feed), options.clips, options.workers, stop) {}

std::vector<EmbeddedItem> VideoEmbedder::next_group(std::size_t count) {
  std::vector<EmbeddedItem> group;
  std::vector<ItemEnd> ends;
  Batch batch(model_, options_);
  while (group.size() < count) {
    auto item = stream_.next_item();
    if (!item) break;
    group.push_back({.item = std::move(*item)});
    while (auto clip = stream_.next_clip()) batch.add(std::move(*clip), group.size() - 1, group);
    ends.push_back(stream_.item_end());
  }
  batch.run(group);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!ends[i].status.empty()) {
      group[i].result = {.rows = {}, .status = ends[i].status, .error_message = ends[i].error};
    }
    describe_rows(group[i], ends[i].report);
  }
  return group;
}

}  // namespace tvts

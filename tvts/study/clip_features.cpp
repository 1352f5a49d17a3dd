#include "tvts/study/clip_features.h"

#include <filesystem>
#include <numeric>

#include "tvts/clips/clip_stream.h"
#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/video/normalise.h"

namespace tvts {
namespace {

constexpr int64_t kBatch = 16;

MediaFeed feed_of(const std::vector<std::string>& paths) {
  return [&paths, next = std::size_t{0}]() mutable -> std::optional<MediaItem> {
    if (next == paths.size()) return std::nullopt;
    MediaItem item;
    item.path = paths[next++];
    return item;
  };
}

// float32 [T, 3, R, R]
at::Tensor frames_of(const Clip& clip, const StudyModel& model) {
  const VideoConfig& config = model.spec.config.video;
  const at::Tensor frames = at::empty({clip.frames, 3, config.image_size, config.image_size}, at::kFloat);
  normalise(clip, model.spec.preprocess, clip.frames, frames.data_ptr<float>());
  if (clip.frames == config.num_frames) return frames;
  const at::Tensor last = frames.narrow(0, clip.frames - 1, 1);
  return at::cat({frames, last.expand({config.num_frames - clip.frames, -1, -1, -1})});
}

at::Tensor shuffled(const at::Tensor& frames, const std::string& name) {
  const std::vector<int64_t> order = shuffled_order(name, frames.size(0));
  return frames.index_select(0, at::tensor(order, at::kLong));
}

// Clips that wait to go through the model together.
class Batch {
 public:
  Batch(StudyModel& model, FrameOrders orders, const ReadingOptions& options)
      : model_(model), orders_(orders), options_(options) {}

  void add(const at::Tensor& frames, const std::string& name) {
    in_order_.push_back(frames);
    if (orders_ == FrameOrders::kShuffledToo) shuffled_.push_back(shuffled(frames, name));
    if (static_cast<int64_t>(in_order_.size()) == kBatch) run();
  }

  ClipFeatures finish() {
    if (!in_order_.empty()) run();
    return {.in_order = at::cat(features_),
            .shuffled = shuffled_features_.empty() ? at::Tensor() : at::cat(shuffled_features_)};
  }

 private:
  void run() {
    features_.push_back(encode_videos(model_, at::stack(in_order_)));
    if (!shuffled_.empty()) shuffled_features_.push_back(encode_videos(model_, at::stack(shuffled_)));
    if (options_.on_clips) options_.on_clips(in_order_.size());
    in_order_.clear();
    shuffled_.clear();
  }

  StudyModel& model_;
  const FrameOrders orders_;
  const ReadingOptions& options_;
  std::vector<at::Tensor> in_order_, shuffled_;
  std::vector<at::Tensor> features_, shuffled_features_;
};

}  // namespace

std::vector<int64_t> shuffled_order(const std::string& name, int64_t frames) {
  RandomStream random(0, "study/shuffled/" + name);
  std::vector<int64_t> order(static_cast<std::size_t>(frames));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

ClipFeatures encode_clips(StudyModel& model, const std::vector<std::string>& paths, FrameOrders orders,
                          const ReadingOptions& options) {
  TVTS_ASSERT(!paths.empty());
  const VideoConfig& config = model.spec.config.video;
  const ClipOptions clips = {
      .preprocess = model.spec.preprocess, .num_frames = config.num_frames, .image_size = config.image_size};
  ClipStream stream(feed_of(paths), clips, options.workers, options.stop);
  Batch batch(model, orders, options);
  while (const auto item = stream.next_item()) {
    const auto clip = stream.next_clip();
    if (!clip) fail_input(stream.item_end().error);
    batch.add(frames_of(*clip, model), std::filesystem::path(item->path).filename().string());
  }
  return batch.finish();
}

}  // namespace tvts

#include "lab/study/clip_features.h"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/media/clips/clip_stream.h"

namespace tvts {
namespace {

std::vector<MediaItem> items_of(const std::vector<std::string>& paths) {
  std::vector<MediaItem> items;
  for (const std::string& path : paths) items.emplace_back().path = path;
  return items;
}

// The same clip, its frames in another order.
Clip shuffled(const Clip& clip, const std::string& name) {
  Clip other = clip;
  const std::size_t bytes = clip.pixels.size() / static_cast<std::size_t>(clip.frames);
  auto to = other.pixels.begin();
  for (const int64_t frame : shuffled_order(name, clip.frames)) {
    const auto begin = clip.pixels.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(frame) * bytes);
    to = std::copy_n(begin, bytes, to);
  }
  return other;
}

// Clips that wait to go through the model together.
class Batch {
 public:
  Batch(StudyModel& model, FrameOrders orders, const ReadingOptions& options)
      : model_(model), orders_(orders), options_(options) {}

  void add(Clip clip, const std::string& name) {
    if (orders_ == FrameOrders::kShuffledToo) shuffled_.push_back(shuffled(clip, name));
    in_order_.push_back(std::move(clip));
    if (in_order_.size() == model_.embed.batch_size) run();
  }

  ClipFeatures finish() {
    if (!in_order_.empty()) run();
    return {.in_order = at::cat(features_),
            .shuffled = orders_ == FrameOrders::kShuffledToo ? at::cat(shuffled_features_) : at::Tensor()};
  }

 private:
  void run() {
    features_.push_back(embed_clips(model_.model, in_order_, model_.embed));
    if (orders_ == FrameOrders::kShuffledToo) {
      shuffled_features_.push_back(embed_clips(model_.model, shuffled_, model_.embed));
    }
    if (options_.on_clips) options_.on_clips(in_order_.size());
    in_order_.clear();
    shuffled_.clear();
  }

  StudyModel& model_;
  const FrameOrders orders_;
  const ReadingOptions& options_;
  std::vector<Clip> in_order_, shuffled_;
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
  ClipStream stream(feed_of(items_of(paths)), model.embed.clips, options.workers, options.stop);
  Batch batch(model, orders, options);
  while (const auto item = stream.next_item()) {
    auto clip = stream.next_clip();
    if (!clip) fail_input(stream.item_end().error);
    batch.add(std::move(*clip), std::filesystem::path(item->path).filename().string());
  }
  return batch.finish();
}

}  // namespace tvts

// Videos to embeddings: items are read, and batches go through the model, side by side.
//
//   feed -> ClipStream -> BatchReader -> batch -> [lane: model on one thread] -+
//          (worker threads)           -> batch -> [lane: model on one thread] -+-> next_group(), in the feed's order
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "tvts/clips/clip_stream.h"
#include "tvts/embed/batch_reader.h"
#include "tvts/engine/inference.h"
#include "tvts/search/row.h"

namespace tvts {

struct EmbedOptions {
  ClipOptions clips;
  Pool pool = Pool::kCls;
  bool normalize = true;           // rows have length 1 (with Pool::kMean always)
  bool tokens = false;             // token features too
  bool repeat_last_frame = false;  // a clip of fewer than T frames: instead of zeros after them
  std::size_t batch_size = 1;      // clips that go through the model together
  std::size_t workers = 1;         // threads that decode
  std::size_t lanes = 1;           // batches in the model at once, each on one thread of the CPU; 1: on all threads
};

// For a run over so many inputs, if that is known: a single clip has all threads for itself.
EmbedOptions for_inputs(EmbedOptions options, std::optional<std::size_t> inputs);

// The token features of one clip (VideoFeatures), and each frame's mean over its patches.
struct ClipTokens {
  at::Tensor tokens;  // [L, E]
  at::Tensor frames;  // [T, E]
};

struct EmbeddedItem {
  MediaItem item;                  // without its content
  ItemResult result;               // rows, or an error
  std::vector<ClipTokens> tokens;  // beside the rows, when asked for
  std::size_t frames = 0;          // that went through the model
};

// How many items the next group has.
using GroupSizes = std::function<std::size_t()>;

class VideoEmbedder {
 public:
  // sizes: batch_size items a group, if not told. Feed and sizes are called from other threads, one at a time, ahead of
  // the groups that are taken.
  VideoEmbedder(InferenceModel& model, const EmbedOptions& options, MediaFeed feed, std::stop_token stop,
                GroupSizes sizes = {});
  ~VideoEmbedder();
  VideoEmbedder(const VideoEmbedder&) = delete;
  VideoEmbedder& operator=(const VideoEmbedder&) = delete;

  // The next group, of fewer items at the end of the feed and none after it. Throws what the feed and the model throw,
  // and Error(kInterrupted) on stop.
  std::vector<EmbeddedItem> next_group();

 private:
  struct Batch;
  struct Group;
  struct Work {
    std::shared_ptr<Group> group;
    Batch* batch;
  };

  void start_lane();
  void release_lanes();
  void run_lane();
  std::optional<Work> claim_work();
  std::optional<Work> read_work();
  bool wait_for_room();
  void run(Batch& batch);
  at::Tensor pixels(const Batch& batch) const;
  std::vector<EmbeddedItem> results(Group& group) const;

  InferenceModel& model_;
  const EmbedOptions options_;
  const GroupSizes sizes_;
  const std::size_t lanes_;
  std::stop_source stop_;  // also set when the embedder is destroyed
  const std::stop_callback<std::function<void()>> outer_stop_;
  ClipStream stream_;

  std::mutex reading_mutex_;  // before mutex_
  BatchReader reader_;
  std::shared_ptr<Group> reading_;

  std::mutex mutex_;  // of what follows, and of what groups say of themselves
  std::condition_variable room_, done_;
  std::deque<std::shared_ptr<Group>> groups_;  // begun and not yet taken
  bool is_ended_ = false;
  std::exception_ptr error_;  // what ended the feed between groups

  std::vector<std::jthread> threads_;
};

}  // namespace tvts

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
#include "tvts/embed/embed_clips.h"
#include "tvts/search/row.h"

namespace tvts {

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
  VideoEmbedder(const InferenceModel& model, const EmbedOptions& options, MediaFeed feed, std::stop_token stop,
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
  std::vector<EmbeddedItem> results(Group& group) const;

  const InferenceModel& model_;
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

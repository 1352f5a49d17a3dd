// Embeds videos: items are read, and batches go through the model, side by side.
//
//   feed -> ClipStream -> BatchReader -> batch -> [model on one thread] -+
//          (threads that decode)      -> batch -> [model on one thread] -+-> next_group(), in the feed's order
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "tvts/core/ordered_workers.h"
#include "tvts/features/batch_reader.h"
#include "tvts/features/embed_clips.h"
#include "tvts/features/embedded_item.h"
#include "tvts/media/clips/clip_stream.h"

namespace tvts {

// For a run over so many inputs, if that is known: a single clip has all threads for itself.
EmbedOptions for_inputs(EmbedOptions options, std::optional<std::size_t> inputs);

// Number of items in the next group.
using GroupSizes = std::function<std::size_t()>;

class VideoEmbedder {
 public:
  // sizes: batch_size items a group by default. Feed and sizes are called from other threads, one at a time, ahead of
  // the groups that are taken.
  VideoEmbedder(const InferenceModel& model, const EmbedOptions& options, MediaFeed feed, std::stop_token stop,
                GroupSizes sizes = {});

  // The next group, of fewer items at the end of the feed and none after it. Throws what the feed and the model throw,
  // and Error(kInterrupted) on stop; after a throw there is no next group.
  std::vector<EmbeddedItem> next_group();

 private:
  struct Job;

  std::shared_ptr<Job> claim();

  const InferenceModel& model_;
  const EmbedOptions options_;
  const GroupSizes sizes_;
  LinkedStop stop_;  // of the stream too, so that no claim waits for a video when the workers end
  ClipStream stream_;
  BatchReader reader_;  // this and what follows: of the claims alone
  bool is_in_group_ = false;
  OrderedWorkers<Job> workers_;
};

}  // namespace tvts

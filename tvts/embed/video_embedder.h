// Videos to embeddings: reads items in parallel with the model, batch by batch.
#pragma once

#include <cstddef>
#include <stop_token>
#include <vector>

#include "tvts/clips/clip_stream.h"
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
};

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

class VideoEmbedder {
 public:
  VideoEmbedder(InferenceModel& model, const EmbedOptions& options, MediaFeed feed, std::stop_token stop);

  // The next `count` items, fewer at the end of the feed. Batches never reach across groups, so that an item's numbers
  // depend on its own group alone and not on where a run was stopped and taken up again.
  // Throws what the feed throws, and Error(kInterrupted) on stop.
  std::vector<EmbeddedItem> next_group(std::size_t count);

 private:
  class Batch;

  InferenceModel& model_;
  const EmbedOptions options_;
  ClipStream stream_;
};

}  // namespace tvts

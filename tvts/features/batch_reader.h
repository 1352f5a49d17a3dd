// Items of a stream in groups, and their clips in the batches that go through the model together. A batch never reaches
// across groups, so that an item's numbers depend on its own group alone and not on where a run was taken up again.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "tvts/media/clips/clip_stream.h"

namespace tvts {

struct ClipBatch {
  std::vector<Clip> clips;         // still images alone, or none
  std::vector<std::size_t> items;  // where each belongs, in its group
};

struct ReadGroup {
  std::vector<MediaItem> items;
  std::vector<ItemEnd> ends;
};

class BatchReader {
 public:
  BatchReader(ClipStream& stream, std::size_t batch_size) : stream_(stream), batch_size_(batch_size) {}

  // Starts a group of so many items, fewer at the stream's end.
  void begin_group(std::size_t items);
  // The group's next batch; nothing at its end. Throws what the stream throws.
  std::optional<ClipBatch> next_batch();
  // The group that has come to its end; without items at the stream's end.
  ReadGroup take_group() { return std::move(group_); }

 private:
  std::optional<Clip> next_clip();

  ClipStream& stream_;
  const std::size_t batch_size_;
  std::size_t wanted_ = 0;
  ReadGroup group_;
  bool is_in_item_ = false;
  std::optional<Clip> waiting_;  // the first of the next batch
};

}  // namespace tvts

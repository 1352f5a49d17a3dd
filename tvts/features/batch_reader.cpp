#include "tvts/features/batch_reader.h"

#include <utility>

#include "tvts/core/error.h"

namespace tvts {

void BatchReader::begin_group(std::size_t items) {
  TVTS_ASSERT(items > 0);
  wanted_ = items;
  group_ = {};
}

std::optional<Clip> BatchReader::next_clip() {
  for (;;) {
    if (is_in_item_) {
      if (auto clip = stream_.next_clip()) return clip;
      group_.ends.push_back(stream_.item_end());
      is_in_item_ = false;
    }
    if (group_.items.size() == wanted_) return std::nullopt;
    auto item = stream_.next_item();
    if (!item) return std::nullopt;
    group_.items.push_back(std::move(*item));
    is_in_item_ = true;
  }
}

std::optional<ClipBatch> BatchReader::next_batch() {
  ClipBatch batch;
  while (batch.clips.size() < batch_size_) {
    auto clip = waiting_ ? std::exchange(waiting_, std::nullopt) : next_clip();
    if (!clip) break;
    if (!batch.clips.empty() && clip->still_image != batch.clips.front().still_image) {
      waiting_ = std::move(clip);
      break;
    }
    batch.clips.push_back(std::move(*clip));
    batch.items.push_back(group_.items.size() - 1);
  }
  if (batch.clips.empty()) return std::nullopt;
  return batch;
}

}  // namespace tvts

// Decoding beside the model: worker threads read items, one each, and hand out their clips in the order of the items.
//
//   feed -> [worker] -> clips of item 0 -+
//        -> [worker] -> clips of item 1 -+-> next_item(), next_clip()   one consumer, bounded queues between
//        -> [worker] -> clips of item 2 -+
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "tvts/core/ordered_workers.h"
#include "tvts/media/clips/media_feed.h"
#include "tvts/media/video/clip.h"

namespace tvts {

// The outcome of reading an item.
struct ItemEnd {
  VideoReport report;
  std::string status;  // empty: all well; else a word, "unreadable", "failed"
  std::string error;   // a sentence
};

class ClipStream {
 public:
  // Throws Error(kFailed) when the system cannot start so many threads.
  ClipStream(MediaFeed feed, const ClipOptions& options, std::size_t workers, std::stop_token stop);

  // Moves on to the next item (its content is not kept), past what is left of the one before. Throws what the feed
  // threw, Error(kInterrupted) on stop.
  std::optional<MediaItem> next_item();
  // The current item's next clip. Throws Error(kInterrupted) on stop.
  std::optional<Clip> next_clip();
  // Once next_clip() has returned nothing.
  const ItemEnd& item_end() const;

 private:
  struct Channel;

  std::shared_ptr<Channel> claim_item();
  void read_item(Channel& channel, const std::stop_token& stop) const noexcept;

  const MediaFeed feed_;
  const ClipOptions options_;
  LinkedStop stop_;
  std::shared_ptr<Channel> current_;
  OrderedWorkers<Channel> workers_;
};

}  // namespace tvts

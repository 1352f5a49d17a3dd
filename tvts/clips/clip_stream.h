// Decoding beside the model: worker threads read items, one each, and hand out their clips in the order of the items.
//
//   feed -> [worker] -> clips of item 0 -+
//        -> [worker] -> clips of item 1 -+-> next_item(), next_clip()   one consumer, bounded queues between
//        -> [worker] -> clips of item 2 -+
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "tvts/core/bounded_queue.h"
#include "tvts/data/media_item.h"
#include "tvts/video/clip.h"

namespace tvts {

// The next input, nothing at the end. Called from one thread at a time.
using MediaFeed = std::function<std::optional<MediaItem>()>;

// How reading an item ended.
struct ItemEnd {
  VideoReport report;
  std::string status;  // empty: all well; else a word, "unreadable", "failed"
  std::string error;   // a sentence
};

class ClipStream {
 public:
  // Throws Error(kFailed) when the system has no room for so many threads.
  ClipStream(MediaFeed feed, const ClipOptions& options, std::size_t workers, std::stop_token stop);
  ~ClipStream();
  ClipStream(const ClipStream&) = delete;
  ClipStream& operator=(const ClipStream&) = delete;

  // Moves on to the next item (its content is not kept), past what is left of the one before. Throws what the feed
  // threw, Error(kInterrupted) on stop.
  std::optional<MediaItem> next_item();
  // The current item's next clip. Throws Error(kInterrupted) on stop.
  std::optional<Clip> next_clip();
  // Once next_clip() has returned nothing.
  const ItemEnd& item_end() const;

 private:
  struct Channel;

  void work();
  std::shared_ptr<Channel> claim_item();
  void read_item(Channel& channel);
  void release_workers();
  void throw_if_stopped() const;

  const MediaFeed feed_;
  const ClipOptions options_;
  std::stop_source stop_;  // also set when the stream is destroyed
  std::stop_callback<std::function<void()>> outer_stop_;

  std::mutex feed_mutex_;
  bool feed_ended_ = false;
  std::exception_ptr feed_error_;
  BoundedQueue<std::shared_ptr<Channel>> channels_;
  std::shared_ptr<Channel> current_;
  std::vector<std::jthread> workers_;
};

}  // namespace tvts

#include "tvts/clips/clip_stream.h"

#include <system_error>

#include "tvts/core/error.h"
#include "tvts/core/utf8.h"
#include "tvts/video/read_clips.h"

namespace tvts {
namespace {

// Clips of one item that wait for the model: enough that a worker rarely waits, few enough to stay small (a clip of
// 12 frames of 224 x 224 has 1.8 MB).
constexpr std::size_t kClipsAhead = 4;

}  // namespace

struct ClipStream::Channel {
  MediaItem item;
  BoundedQueue<Clip> clips{kClipsAhead};
  ItemEnd end;  // written before clips is closed, read after
};

ClipStream::ClipStream(MediaFeed feed, const ClipOptions& options, std::size_t workers, std::stop_token stop)
    : feed_(std::move(feed)),
      options_(options),
      outer_stop_(stop, [this] { stop_.request_stop(); }),
      channels_(workers + 1) {
  try {
    for (std::size_t i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    release_workers();
    fail(ErrorKind::kFailed, "cannot start ", workers, " threads that decode: ", error.what(), "; try fewer --workers");
  }
}

ClipStream::~ClipStream() { release_workers(); }

void ClipStream::release_workers() {
  stop_.request_stop();
  if (current_) current_->clips.close();
  channels_.close();
  while (auto channel = channels_.pop()) (*channel)->clips.close();
}

std::shared_ptr<ClipStream::Channel> ClipStream::claim_item() {
  const std::lock_guard lock(feed_mutex_);  // held while queueing, so that channels queue in the feed's order
  try {
    if (auto item = feed_ended_ || stop_.stop_requested() ? std::nullopt : feed_()) {
      auto channel = std::make_shared<Channel>();
      channel->item = std::move(*item);
      if (channels_.push(channel)) return channel;
    }
  } catch (...) {
    feed_error_ = std::current_exception();
  }
  feed_ended_ = true;
  channels_.close();
  return nullptr;
}

void ClipStream::read_item(Channel& channel) {
  if (!channel.item.error.empty()) fail_input(without_zero_bytes(channel.item.path), ": ", channel.item.error);
  ClipOptions options = options_;
  options.start_seconds = channel.item.start_seconds;
  options.end_seconds = channel.item.end_seconds;
  const MediaBytes media = {.path = channel.item.path, .content = channel.item.content};
  channel.end.report =
      read_clips(media, options, stop_.get_token(), [&](Clip clip) { return channel.clips.push(std::move(clip)); });
}

void ClipStream::work() {
  while (const auto channel = claim_item()) {
    try {
      read_item(*channel);
    } catch (const Error& error) {
      channel->end.status = error.kind() == ErrorKind::kInput ? "unreadable" : "failed";
      channel->end.error = error.what();
    } catch (const std::exception& error) {
      channel->end.status = "failed";
      channel->end.error = concat("reading ", channel->item.path, " failed: ", error.what());
    }
    channel->clips.close();
  }
}

void ClipStream::throw_if_stopped() const {
  if (stop_.stop_requested()) fail(ErrorKind::kInterrupted, "interrupted");
}

std::optional<MediaItem> ClipStream::next_item() {
  if (current_) current_->clips.close();  // its worker may still wait with clips that nobody took
  auto channel = channels_.pop();
  if (channel) current_ = *channel;  // before any throw: whoever popped it has to release its worker
  throw_if_stopped();
  if (!channel) {
    const std::lock_guard lock(feed_mutex_);
    if (feed_error_) std::rethrow_exception(feed_error_);
    return std::nullopt;
  }
  MediaItem item = current_->item;
  item.content = nullptr;
  return item;
}

std::optional<Clip> ClipStream::next_clip() {
  TVTS_ASSERT(current_ != nullptr);
  auto clip = current_->clips.pop();
  throw_if_stopped();
  return clip;
}

const ItemEnd& ClipStream::item_end() const {
  TVTS_ASSERT(current_ != nullptr);
  return current_->end;
}

}  // namespace tvts

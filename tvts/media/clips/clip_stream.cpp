#include "tvts/media/clips/clip_stream.h"

#include "tvts/core/bounded_queue.h"
#include "tvts/core/error.h"
#include "tvts/core/utf8.h"
#include "tvts/media/video/read_clips.h"

namespace tvts {
namespace {

// Clips of one item that wait for the model: enough that a worker rarely waits, few enough to stay small (a clip of
// 12 frames of 224 x 224 has 1.8 MB).
constexpr std::size_t kClipsAhead = 4;

void read_clips_of(const MediaItem& item, ClipOptions options, const std::stop_token& stop, BoundedQueue<Clip>& clips,
                   VideoReport& report) {
  if (!item.error.empty()) fail_input(without_zero_bytes(item.path), ": ", item.error);
  options.start_seconds = item.start_seconds;
  options.end_seconds = item.end_seconds;
  report = read_clips({.path = item.path, .content = item.content}, options, stop,
                      [&](Clip clip) { return clips.push(std::move(clip), stop); });
}

}  // namespace

struct ClipStream::Channel {
  MediaItem item;
  BoundedQueue<Clip> clips{kClipsAhead};
  ItemEnd end;  // written before clips is closed, read after
};

ClipStream::ClipStream(MediaFeed feed, const ClipOptions& options, std::size_t workers, std::stop_token stop)
    : feed_(std::move(feed)),
      options_(options),
      stop_(std::move(stop)),
      workers_(
          {.count = workers, .purpose = "that decode", .remedy = "try fewer --workers"}, /*capacity=*/workers + 1,
          [this] { return claim_item(); },
          [this](Channel& channel, const std::stop_token& stopped) { read_item(channel, stopped); }, stop_) {}

std::shared_ptr<ClipStream::Channel> ClipStream::claim_item() {
  auto item = feed_();
  if (!item) return nullptr;
  auto channel = std::make_shared<Channel>();
  channel->item = std::move(*item);
  return channel;
}

void ClipStream::read_item(Channel& channel, const std::stop_token& stop) const noexcept {
  try {
    read_clips_of(channel.item, options_, stop, channel.clips, channel.end.report);
  } catch (const Error& error) {
    channel.end.status = error.kind() == ErrorKind::kInput ? "unreadable" : "failed";
    channel.end.error = error.what();
  } catch (const std::exception& error) {
    channel.end.status = "failed";
    channel.end.error = concat("reading ", channel.item.path, " failed: ", error.what());
  }
  channel.clips.close();
}

std::optional<MediaItem> ClipStream::next_item() {
  if (current_) current_->clips.close();  // its worker may still wait with clips that were not taken
  current_ = workers_.next_begun();
  if (!current_) return std::nullopt;
  MediaItem item = current_->item;
  item.content = nullptr;
  return item;
}

std::optional<Clip> ClipStream::next_clip() {
  TVTS_ASSERT(current_ != nullptr);
  auto clip = current_->clips.pop(stop_.token());
  throw_if_stopped(stop_.token());
  return clip;
}

const ItemEnd& ClipStream::item_end() const {
  TVTS_ASSERT(current_ != nullptr);
  return current_->end;
}

}  // namespace tvts

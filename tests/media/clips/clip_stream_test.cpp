#include "tvts/media/clips/clip_stream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <thread>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::draw_video;

ClipOptions small_clips() { return {.num_frames = 2, .image_size = 16}; }

// Windows of one frame each: a clip for every frame of a drawn video.
ClipOptions clip_a_frame() {
  ClipOptions options = {.num_frames = 1, .image_size = 16};
  options.window = {.window_seconds = 0.125, .stride_seconds = 0.125};
  return options;
}

MediaItem file(const std::string& path) {
  MediaItem item;
  item.path = path;
  return item;
}

std::size_t count_clips(ClipStream& stream) {
  std::size_t clips = 0;
  while (stream.next_clip()) ++clips;
  return clips;
}

bool is_interrupted(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::kInterrupted;
  }
  return false;
}

class ClipStreamTest : public testing::Test {
 protected:
  // Clips of unlike number and size, so that workers finish out of turn.
  std::vector<MediaItem> unlike_videos() {
    std::vector<MediaItem> items;
    for (const int frames : {40, 1, 2, 25, 1, 1, 12, 3}) {
      const std::string name = std::to_string(items.size()) + ".mp4";
      items.push_back(file(draw_video(folder_ / name, static_cast<int>(items.size()), frames)));
    }
    return items;
  }
  MediaItem long_video() { return file(draw_video(folder_ / "long.mp4", 1, 60)); }

  // What other threads can do in the time that this takes they have had the occasion to do.
  void let_others_read(std::size_t videos) {
    ClipStream other(feed_of(std::vector<MediaItem>(videos, long_video())), clip_a_frame(), 1, {});
    while (other.next_item()) count_clips(other);
  }

  test::TemporaryFolder folder_;
};

TEST_F(ClipStreamTest, GivesItemsAndTheirClipsInTheFeedsOrderWhateverTheWorkers) {
  const std::vector<MediaItem> items = unlike_videos();
  for (const std::size_t workers : {1, 2, 5}) {
    ClipStream stream(feed_of(items), clip_a_frame(), workers, {});
    std::vector<std::string> order;
    std::vector<std::size_t> clips;
    while (const auto item = stream.next_item()) {
      order.push_back(item->path);
      std::size_t frame = 0;
      while (const auto clip = stream.next_clip()) {
        EXPECT_EQ(clip->start_seconds, 0.125 * static_cast<double>(frame));
        ++frame;
      }
      clips.push_back(frame);
      EXPECT_EQ(stream.item_end().status, "") << stream.item_end().error;
      EXPECT_EQ(stream.item_end().report.frames_found, static_cast<int64_t>(frame));
    }
    EXPECT_EQ(clips, (std::vector<std::size_t>{40, 1, 2, 25, 1, 1, 12, 3}));
    ASSERT_EQ(order.size(), items.size());
    for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(order[i], items[i].path);
  }
}

TEST_F(ClipStreamTest, AnItemsErrorLeavesTheOthersAlone) {
  const std::string good = draw_video(folder_ / "good.mp4", 0, 4);
  const MediaItem noise = file(folder_.add("noise.mp4", "no video at all")), absent = file(folder_ / "absent.mp4");
  MediaItem refused = file(good);
  refused.error = "the shard ends in it";
  ClipStream stream(feed_of({file(good), noise, refused, absent, file(good)}), small_clips(), 2, {});
  std::vector<std::string> statuses;
  std::vector<std::size_t> clips;
  while (stream.next_item()) {
    clips.push_back(count_clips(stream));
    statuses.push_back(stream.item_end().status);
  }
  EXPECT_EQ(statuses, (std::vector<std::string>{"", "unreadable", "unreadable", "unreadable", ""}));
  EXPECT_EQ(clips, (std::vector<std::size_t>{1, 0, 0, 0, 1}));
}

TEST_F(ClipStreamTest, AnItemsOwnErrorIsToldWithItsPath) {
  MediaItem refused = file(folder_ / "v.mp4");
  refused.error = "the shard ends in it";
  ClipStream stream(feed_of({refused}), small_clips(), 1, {});
  stream.next_item();
  EXPECT_EQ(count_clips(stream), 0U);
  EXPECT_EQ(stream.item_end().error, refused.path + ": " + refused.error);
}

TEST_F(ClipStreamTest, ReadsThePartThatAnItemNames) {
  MediaItem part = file(draw_video(folder_ / "part.mp4", 0, 20));
  part.start_seconds = 0.5;
  part.end_seconds = 1;
  ClipStream stream(feed_of({part}), clip_a_frame(), 1, {});
  stream.next_item();
  EXPECT_EQ(count_clips(stream), 4U);
}

TEST_F(ClipStreamTest, ReadsAnItemFromMemoryAndDoesNotKeepItsBytes) {
  const std::string bytes = test::read_text(draw_video(folder_ / "v.mp4", 0, 3));
  const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
  MediaItem item = file("shard.tar/v.mp4");
  item.content = std::make_shared<const std::vector<std::byte>>(begin, begin + bytes.size());
  ClipStream stream(feed_of({item}), clip_a_frame(), 1, {});
  EXPECT_EQ(stream.next_item()->content, nullptr);
  EXPECT_EQ(count_clips(stream), 3U);
}

TEST_F(ClipStreamTest, AnItemLeftHalfReadIsGivenUp) {
  ClipStream stream(feed_of({long_video(), file(draw_video(folder_ / "v.mp4", 0, 3))}), clip_a_frame(), 1, {});
  stream.next_item();
  EXPECT_TRUE(stream.next_clip());
  const auto second = stream.next_item();  // the only worker is still busy with the first
  ASSERT_TRUE(second);
  EXPECT_EQ(count_clips(stream), 3U);
}

TEST_F(ClipStreamTest, CanBeDestroyedAtAnyPointWithFullQueues) {
  const std::vector<MediaItem> items(20, long_video());
  for (const int clips_taken : {-1, 0, 1, 10}) {
    ClipStream stream(feed_of(items), clip_a_frame(), 3, {});
    if (clips_taken >= 0) stream.next_item();
    for (int i = 0; i < clips_taken; ++i) EXPECT_TRUE(stream.next_clip());
    let_others_read(1);  // so that the queues fill; the test holds without it
  }
}

TEST_F(ClipStreamTest, AWorkerWaitsWhileAnItemsClipsAreNotTaken) {
  std::atomic<int> asked = 0;
  const MediaItem video = long_video();
  ClipStream stream(
      [&]() -> std::optional<MediaItem> {
        ++asked;
        return video;
      },
      clip_a_frame(), 1, {});
  stream.next_item();
  for (int clip = 0; clip < 50; ++clip) {  // of 60; the worker may be a few ahead
    ASSERT_TRUE(stream.next_clip());
    if (clip % 10 == 0) let_others_read(2);
    EXPECT_EQ(asked, 1);
  }
}

TEST_F(ClipStreamTest, TheFeedIsAskedAFewItemsAheadOnly) {
  std::atomic<std::size_t> asked = 0;
  const MediaItem video = file(draw_video(folder_ / "v.mp4", 0, 1));
  constexpr std::size_t kWorkers = 2;
  ClipStream stream(
      [&]() -> std::optional<MediaItem> {
        ++asked;
        return video;
      },
      small_clips(), kWorkers, {});
  for (std::size_t taken = 1; taken < 30; ++taken) {
    stream.next_item();
    count_clips(stream);
    if (taken % 10 == 0) let_others_read(2);
    EXPECT_LE(asked, taken + 2 * kWorkers + 1);
  }
}

TEST_F(ClipStreamTest, AStopWakesAConsumerThatWaitsForClips) {
  std::stop_source stop;
  std::vector<MediaItem> items(1000, long_video());
  ClipStream stream(feed_of(items), clip_a_frame(), 2, stop.get_token());
  stream.next_item();
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_TRUE(is_interrupted([&] {
    for (;;) {
      count_clips(stream);
      if (!stream.next_item()) return;
    }
  }));
  EXPECT_TRUE(is_interrupted([&] { stream.next_item(); }));
  EXPECT_TRUE(is_interrupted([&] { stream.next_clip(); }));
}

TEST_F(ClipStreamTest, AStopBetweenItemsReleasesTheWorkerWhoseClipsNobodyTook) {
  std::stop_source stop;
  ClipStream stream(feed_of(std::vector<MediaItem>(20, long_video())), clip_a_frame(), 3, stop.get_token());
  stream.next_item();
  let_others_read(1);  // so that the queues fill; the test holds without it
  stop.request_stop();
  EXPECT_TRUE(is_interrupted([&] { stream.next_item(); }));
  EXPECT_TRUE(is_interrupted([&] { stream.next_item(); }));
}

TEST_F(ClipStreamTest, AStopWhileNoItemIsReadWakesTheConsumer) {
  const MediaItem video = file(draw_video(folder_ / "v.mp4", 0, 1));
  for (int round = 0; round < 50; ++round) {
    std::stop_source stop;
    ClipStream stream(
        [&]() -> std::optional<MediaItem> {
          if (round % 2 == 0) std::this_thread::yield();
          return video;
        },
        small_clips(), 1, stop.get_token());
    std::jthread stopper([&] { stop.request_stop(); });
    EXPECT_TRUE(is_interrupted([&] {
      while (stream.next_item()) count_clips(stream);
    }));
  }
}

TEST_F(ClipStreamTest, AStopBeforeTheFirstItemInterruptsAtOnce) {
  std::stop_source stop;
  stop.request_stop();
  ClipStream stream(feed_of({long_video()}), clip_a_frame(), 2, stop.get_token());
  EXPECT_TRUE(is_interrupted([&] { stream.next_item(); }));
}

TEST_F(ClipStreamTest, WhatTheFeedThrowsReachesTheConsumerAfterTheItemsBefore) {
  const MediaItem video = file(draw_video(folder_ / "v.mp4", 0, 2));
  int asked = 0;
  ClipStream stream(
      [&]() -> std::optional<MediaItem> {
        if (++asked > 2) throw std::runtime_error("the list is broken");
        return video;
      },
      small_clips(), 3, {});
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(stream.next_item());
    EXPECT_EQ(count_clips(stream), 1U);
  }
  EXPECT_THROW(stream.next_item(), std::runtime_error);
  EXPECT_THROW(stream.next_item(), std::runtime_error);
  EXPECT_EQ(asked, 3);
}

TEST_F(ClipStreamTest, AFeedWithoutItemsEndsAtOnce) {
  ClipStream stream(feed_of({}), small_clips(), 2, {});
  EXPECT_FALSE(stream.next_item());
  EXPECT_FALSE(stream.next_item());
}

}  // namespace
}  // namespace tvts

#include "tvts/media/video/clip_plan.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// `count` frames at `rate` a second.
FrameTimes steady(int count, double rate) {
  FrameTimes times;
  for (int i = 0; i < count; ++i) times.seconds.push_back(i / rate);
  times.end_seconds = count / rate;
  return times;
}

ClipOptions windows(double window, double stride) {
  ClipOptions options;
  options.num_frames = 4;
  options.window = WindowOptions{window, stride};
  return options;
}

std::vector<std::pair<double, double>> spans(const ClipPlan& plan) {
  std::vector<std::pair<double, double>> spans;
  for (const PlannedClip& clip : plan.clips) spans.emplace_back(clip.start_seconds, clip.end_seconds);
  return spans;
}

using Spans = std::vector<std::pair<double, double>>;

TEST(ClipPlan, WithoutWindowsIsOneClipOfTheWholeVideo) {
  ClipOptions options;
  options.num_frames = 4;
  const ClipPlan plan = plan_clips(steady(100, 25), options);
  EXPECT_EQ(spans(plan), (Spans{{0, 4}}));
  EXPECT_EQ(plan.clips[0].frames, (std::vector<int64_t>{12, 37, 62, 87}));
}

TEST(ClipPlan, WindowsTakeFramesFromTheirStartUpToTheirEnd) {
  const ClipPlan plan = plan_clips(steady(100, 25), windows(2, 2));
  EXPECT_EQ(spans(plan), (Spans{{0, 2}, {2, 4}}));
  EXPECT_EQ(plan.clips[1].begin, 50);
  EXPECT_EQ(plan.clips[1].end, 100);
  EXPECT_EQ(plan.clips[1].frames, (std::vector<int64_t>{55, 68, 80, 93}));
}

TEST(ClipPlan, AFrameAtAWindowsStartBelongsToThatWindow) {
  const ClipPlan plan = plan_clips(steady(10, 10), windows(0.1, 0.1));
  ASSERT_EQ(plan.clips.size(), 10U);
  for (int64_t k = 0; k < 10; ++k) EXPECT_EQ(plan.clips[static_cast<std::size_t>(k)].begin, k);
}

TEST(ClipPlan, WindowsMayOverlap) {
  EXPECT_EQ(spans(plan_clips(steady(100, 25), windows(2, 1))), (Spans{{0, 2}, {1, 3}, {2, 4}, {3, 4}}));
}

TEST(ClipPlan, ALastWindowShorterThanHalfIsDropped) {
  EXPECT_EQ(spans(plan_clips(steady(70, 10), windows(5, 5))), (Spans{{0, 5}}));
  EXPECT_EQ(spans(plan_clips(steady(75, 10), windows(5, 5))), (Spans{{0, 5}, {5, 7.5}}));
}

TEST(ClipPlan, AShortWindowStaysWhenItIsTheOnlyOne) {
  EXPECT_EQ(spans(plan_clips(steady(10, 10), windows(30, 10))), (Spans{{0, 1}}));
}

TEST(ClipPlan, EmptyWindowsAreCountedAndPassedOver) {
  const ClipPlan plan = plan_clips({{0, 0.5, 1e9, 1e9 + 0.5}, 1e9 + 1}, windows(1, 1));
  EXPECT_EQ(spans(plan), (Spans{{0, 1}, {1e9, 1e9 + 1}}));
  EXPECT_EQ(plan.empty_windows, 1e9 - 1);
}

TEST(ClipPlan, AWindowWiderThanItsStrideSkipsNothing) {
  // Frames far apart, each of which several windows hold.
  const ClipPlan plan = plan_clips({{0, 100}, 101}, windows(3, 1));
  EXPECT_EQ(spans(plan), (Spans{{0, 3}, {98, 101}, {99, 101}}));
}

TEST(ClipPlan, APartMovesTheFirstWindowToItsStart) {
  ClipOptions options = windows(2, 2);
  options.start_seconds = 1.5;
  options.end_seconds = 5;
  const ClipPlan plan = plan_clips(steady(100, 10), options);
  EXPECT_EQ(spans(plan), (Spans{{1.5, 3.5}, {3.5, 5}}));
  EXPECT_EQ(plan.clips[0].begin, 15);
  EXPECT_EQ(plan.clips[1].end, 50);
}

TEST(ClipPlan, APartBeyondTheVideoIsEmpty) {
  ClipOptions options;
  options.start_seconds = 20;
  EXPECT_TRUE(plan_clips(steady(100, 10), options).clips.empty());
}

TEST(ClipPlan, TooManyWindowsForTheMemoryBudgetAreRefused) {
  ClipOptions options = windows(0.001, 0.001);
  options.memory_budget_bytes = std::size_t{4} << 20;
  EXPECT_THROW(plan_clips(steady(100000, 1000), options), Error);
}

TEST(ClipOptionsCheck, RefusesOptionsThatMakeNoSense) {
  const auto refuses = [](auto change) {
    ClipOptions options;
    change(options);
    EXPECT_THROW(validate(options), Error);
  };
  EXPECT_NO_THROW(validate({}));
  refuses([](ClipOptions& options) { options.num_frames = 0; });
  refuses([](ClipOptions& options) { options.image_size = -1; });
  refuses([](ClipOptions& options) { options.window = WindowOptions{0, 1}; });
  refuses([](ClipOptions& options) { options.window = WindowOptions{1, 0}; });
  refuses([](ClipOptions& options) { options.window = WindowOptions{1, std::numeric_limits<double>::quiet_NaN()}; });
  refuses([](ClipOptions& options) { options.start_seconds = -1; });
  refuses([](ClipOptions& options) { options.start_seconds = 2, options.end_seconds = 2; });
  refuses([](ClipOptions& options) { options.window = WindowOptions{1e6, 0.001}; });
  refuses([](ClipOptions& options) { options.time_budget_seconds = 0; });
}

// 48 frames of 49 packets, as an AVI of HMDB-51: midpoints of 49, and the last frame for the one that does not come.
TEST(ClipPlan, PromisedFramesAreChosenAmongPackets) {
  FrameTimes times = steady(48, 30);
  times.packets = 49;
  ClipOptions options;
  const auto decoded = plan_clips(times, options).clips.at(0).frames;
  EXPECT_EQ(decoded, (std::vector<int64_t>{1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45}));
  options.frame_count = FrameCount::kPromised;
  EXPECT_EQ(plan_clips(times, options).clips.at(0).frames,
            (std::vector<int64_t>{1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 46}));
  times.packets = 96;
  EXPECT_EQ(plan_clips(times, options).clips.at(0).frames,
            (std::vector<int64_t>{3, 11, 19, 27, 35, 43, 47, 47, 47, 47, 47, 47}));
  options.start_seconds = 1;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace tvts

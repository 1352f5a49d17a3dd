#include "tvts/media/video/clip_assembler.h"

#include <gtest/gtest.h>

namespace tvts {
namespace {

class ClipAssemblerTest : public testing::Test {
 protected:
  ClipAssemblerTest() {
    options_.image_size = 1;
    options_.num_frames = 2;
  }

  // Two overlapping clips: frames 0 to 3 and 2 to 5.
  ClipAssembler assembler(std::size_t done = 0) {
    ClipPlan plan;
    plan.clips = {{0, 4, 0, 4, {0, 3}}, {2, 6, 2, 6, {3, 5}}};
    return {plan, options_, done, on_clip_};
  }

  void take(ClipAssembler& assembler, int64_t index) {
    assembler.take(index, static_cast<double>(index), [&] {
      ++prepared_;
      return std::vector<std::uint8_t>(3, static_cast<std::uint8_t>(index));
    });
  }

  ClipOptions options_;
  std::vector<Clip> clips_;
  int prepared_ = 0;
  const ClipAssembler::OnClip on_clip_ = [this](Clip clip) {
    clips_.push_back(std::move(clip));
    return true;
  };
};

TEST_F(ClipAssemblerTest, GivesAClipOnceTheFrameAfterItIsSeen) {
  ClipAssembler clips = assembler();
  for (int64_t i = 0; i < 4; ++i) take(clips, i);
  EXPECT_TRUE(clips_.empty());
  take(clips, 4);
  ASSERT_EQ(clips_.size(), 1u);
  EXPECT_EQ(clips_[0].frame_indices, (std::vector<int64_t>{0, 3}));
  EXPECT_EQ(clips_[0].pixels, (std::vector<std::uint8_t>{0, 0, 0, 3, 3, 3}));
}

TEST_F(ClipAssemblerTest, PreparesEachWantedFrameOnce) {
  ClipAssembler clips = assembler();
  for (int64_t i = 0; i < 6; ++i) take(clips, i);
  clips.finish();
  EXPECT_EQ(clips_.size(), 2u);
  EXPECT_EQ(prepared_, 3);
}

TEST_F(ClipAssemblerTest, GivesNoClipTwice) {
  ClipAssembler clips = assembler(1);
  for (int64_t i = 0; i < 6; ++i) take(clips, i);
  clips.finish();
  ASSERT_EQ(clips_.size(), 1u);
  EXPECT_EQ(clips_[0].start_seconds, 2);
}

TEST_F(ClipAssemblerTest, AnEarlyEndGivesTheFramesThereAre) {
  ClipAssembler clips = assembler();
  take(clips, 0);
  take(clips, 1);
  clips.finish_early(1.5);
  ASSERT_EQ(clips_.size(), 1u);
  EXPECT_EQ(clips_[0].frame_indices, (std::vector<int64_t>{0}));
  EXPECT_EQ(clips_[0].end_seconds, 1.5);
}

}  // namespace
}  // namespace tvts

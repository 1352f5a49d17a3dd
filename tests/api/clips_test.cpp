#include "tvts/api/clips.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <optional>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tvts/media/video/image_codec.h"

namespace tvts::test {
namespace {

class ApiClips : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    draw_video(*folder_ / "v.mp4", 1, 40);
    model_.emplace(api::Model::load());
  }
  static void TearDownTestSuite() {
    model_.reset();
    folder_.reset();
  }
  static std::string video() { return *folder_ / "v.mp4"; }

  inline static std::unique_ptr<TemporaryFolder> folder_;
  inline static std::optional<api::Model> model_;
};

// Frame i is grey i everywhere, but for a white column at its left.
std::vector<std::uint8_t> grey_frames(std::int64_t count, std::int64_t height, std::int64_t width) {
  std::vector<std::uint8_t> rgb;
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t pixel = 0; pixel < height * width; ++pixel) {
      rgb.insert(rgb.end(), 3, pixel % width == 0 ? 255 : static_cast<std::uint8_t>(i));
    }
  }
  return rgb;
}

TEST_F(ApiClips, FeaturesOfAFilesClipsAreThoseOfEmbedVideos) {
  const api::VideoOptions options = {.window = 2};
  const api::VideoClips read = api::read_clips(*model_, video(), options);
  const api::Embeddings rows = api::embed_videos(*model_, {video()}, options);
  ASSERT_EQ(read.clips.size(), rows.rows.size());
  ASSERT_GT(read.clips.size(), 1U);
  EXPECT_EQ(api::encode_video(*model_, read.clips, options), rows.vectors);
  EXPECT_EQ(read.clips[1].start, rows.rows[1].start);
  EXPECT_EQ(read.clips[1].frame_seconds, rows.rows[1].frame_seconds);
  EXPECT_NEAR(read.duration, 5, 0.2);
}

TEST_F(ApiClips, APartOfAFileIsReadWithoutAModel) {
  const api::VideoClips read = api::read_clip(video(), {.num_frames = 4, .image_size = 32, .start = 1, .end = 3});
  ASSERT_EQ(read.clips.size(), 1U);
  const api::Clip& clip = read.clips[0];
  EXPECT_EQ(clip.pixels.size(), std::size_t{4} * 32 * 32 * 3);
  EXPECT_GE(clip.frame_seconds.front(), 1);
  EXPECT_LT(clip.frame_seconds.back(), 3);
  EXPECT_THROW(api::read_clip(video(), {.preprocess = "squash"}), Error);
}

TEST_F(ApiClips, FramesInMemoryAreChosenAsThoseOfAFile) {
  const std::int64_t count = 100, wanted = model_->info().num_frames;
  const auto rgb = grey_frames(count, 80, 120);
  std::vector<double> seconds;
  for (std::int64_t i = 0; i < count; ++i) seconds.push_back(static_cast<double>(i) / 10);
  const api::Frames frames = {.rgb = rgb, .count = count, .height = 80, .width = 120, .seconds = seconds};
  const api::Clip clip = api::clip_of_frames(*model_, frames);
  ASSERT_EQ(clip.frames, wanted);
  const std::size_t bytes = clip.pixels.size() / static_cast<std::size_t>(wanted);
  for (std::int64_t i = 0; i < wanted; ++i) {
    const auto index = static_cast<std::size_t>(clip.frame_indices[static_cast<std::size_t>(i)]);
    EXPECT_EQ(clip.pixels[static_cast<std::size_t>(i) * bytes + bytes / 2 + 3 * 16], index);  // off the white column
    EXPECT_EQ(clip.frame_seconds[static_cast<std::size_t>(i)], seconds[index]);
  }
  EXPECT_EQ(clip.frame_indices.front(), (count / wanted - 1) / 2);  // the middle of the first part
}

TEST_F(ApiClips, AFrameInMemoryHasThePixelsOfThePictureFile) {
  const auto rgb = grey_frames(1, 90, 161);
  const auto png = encode_png(rgb, 161, 90);
  const std::string path = *folder_ / "frame.png";
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(png.data()), std::ssize(png));
  const api::Clip own =
      api::clip_of_frames(*model_, {.rgb = rgb, .count = 1, .height = 90, .width = 161, .seconds = {}});
  EXPECT_EQ(own.pixels, api::read_clips(*model_, path).clips.at(0).pixels);
}

TEST_F(ApiClips, SizesThatContradictEachOtherAreRefused) {
  const auto rgb = grey_frames(2, 10, 10);
  EXPECT_THROW(api::clip_of_frames(*model_, {.rgb = rgb, .count = 3, .height = 10, .width = 10, .seconds = {}}), Error);
  EXPECT_THROW(api::clip_of_frames(*model_, {.rgb = {}, .count = 0, .height = 10, .width = 10, .seconds = {}}), Error);
  api::Clip clip = api::clip_of_frames(*model_, {.rgb = rgb, .count = 2, .height = 10, .width = 10, .seconds = {}});
  clip.pixels.pop_back();
  EXPECT_THROW(api::encode_video(*model_, {&clip, 1}), Error);
  api::Clip picture = api::clip_of_frames(*model_, {.rgb = rgb, .count = 2, .height = 10, .width = 10, .seconds = {}});
  picture.still_image = true;  // of two frames
  EXPECT_THROW(api::encode_video(*model_, {&picture, 1}), Error);
  EXPECT_THROW(api::embed_videos(*model_, {video()}, {.batch_size = 0}), Error);
}

TEST_F(ApiClips, AStopEndsTheEncoding) {
  const auto clips = api::read_clips(*model_, video(), {.window = 1}).clips;
  std::stop_source stop;
  const api::Run run = {.stop = stop.get_token(), .on_progress = [&](auto...) { stop.request_stop(); }};
  try {
    api::encode_video(*model_, clips, {.window = 1}, run);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
}

TEST_F(ApiClips, AStopEndsTheReadingAfterTheClipThatIsTold) {
  std::stop_source stop;
  std::size_t told = 0;
  const api::Run run = {.stop = stop.get_token(), .on_progress = [&](std::size_t done, auto...) {
                          told = done;
                          stop.request_stop();
                        }};
  EXPECT_THROW(api::read_clips(*model_, video(), {.window = 1}, run), Error);
  EXPECT_EQ(told, 1U);
}

TEST_F(ApiClips, AFileThatIsNoVideoIsAnError) {
  const std::string path = *folder_ / "no.mp4";
  std::ofstream(path) << "this is no video";
  EXPECT_THROW(api::read_clips(*model_, path), Error);
}

}  // namespace
}  // namespace tvts::test

// Written files are read back.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tests/media/video/formula_picture.h"
#include "tvts/core/error.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/video_writer.h"

namespace tvts {
namespace {

void write_video(const std::string& path) {
  VideoWriter writer(path, {64, 48, 10, 10});
  for (int k = 0; k < 20; ++k) writer.write(RgbImage{64, 48, std::vector<std::uint8_t>(64 * 48 * 3, 10 * k)}.pixels);
  writer.finish();
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(VideoWriter, WritesFramesThatAreReadBackInOrder) {
  const test::TemporaryFolder folder;
  write_video(folder / "a.mp4");
  ClipOptions options;
  options.num_frames = 20;
  std::vector<Clip> clips;
  const VideoReport report = read_clips({folder / "a.mp4", nullptr}, options, {}, [&](Clip clip) {
    clips.push_back(std::move(clip));
    return true;
  });
  EXPECT_EQ(report.frames_found, 20);
  EXPECT_DOUBLE_EQ(report.duration_seconds, 2);
  for (int64_t k = 0; k < 20; ++k)
    EXPECT_NEAR(clips.at(0).pixels.at(static_cast<std::size_t>(k * 224 * 224 * 3)), 10 * k, 3);
}

TEST(VideoWriter, TheSameFramesGiveTheSameBytes) {
  const test::TemporaryFolder folder;
  write_video(folder / "a.mp4");
  write_video(folder / "b.mp4");
  EXPECT_EQ(content(folder / "a.mp4"), content(folder / "b.mp4"));
}

TEST(VideoWriter, WritesAGifOfAsManyFramesAndThatLength) {
  const test::TemporaryFolder folder;
  write_video(folder / "a.gif");
  std::vector<Clip> clips;
  const VideoReport report = read_clips({folder / "a.gif", nullptr}, {}, {}, [&](Clip clip) {
    clips.push_back(std::move(clip));
    return true;
  });
  EXPECT_EQ(report.frames_found, 20);
  EXPECT_NEAR(report.duration_seconds, 2, 0.11);
}

TEST(VideoWriter, AnUnfinishedVideoLeavesNoFile) {
  const test::TemporaryFolder folder;
  {
    VideoWriter writer(folder / "a.mp4", {64, 48});
    writer.write(test::formula_picture(64, 48, 0).pixels);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "a.mp4"));
}

TEST(VideoWriter, RefusesOddSizes) { EXPECT_THROW(VideoWriter("a.mp4", {65, 48}), Error); }

std::vector<std::uint8_t> decoded(const std::vector<std::byte>& picture) {
  ClipOptions options;
  options.preprocess = Preprocess::kClip;
  options.image_size = 32;  // the picture's own size: nothing is resized
  std::vector<std::uint8_t> pixels;
  read_clips({"picture", std::make_shared<const std::vector<std::byte>>(picture)}, options, {}, [&](Clip clip) {
    pixels = std::move(clip.pixels);
    return true;
  });
  return pixels;
}

TEST(ImageCodec, PngKeepsEveryPixel) {
  const RgbImage image = test::formula_picture(32, 32, 5);
  EXPECT_EQ(decoded(encode_png(image.pixels, 32, 32)), image.pixels);
}

TEST(ImageCodec, JpegKeepsAFlatColour) {
  const std::vector<std::uint8_t> grey(32 * 32 * 3, 120);
  for (const std::uint8_t value : decoded(encode_jpeg(grey, 32, 32))) ASSERT_NEAR(value, 120, 2);
}

}  // namespace
}  // namespace tvts

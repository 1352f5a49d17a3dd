#include "tvts/media/video/read_frames.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tvts/core/error.h"
#include "tvts/media/video/resize.h"
#include "tvts/media/video/rgb_image.h"

namespace tvts {
namespace {

using test::make_video;
using test::TemporaryFolder;

VideoFrames read(const std::string& path, const std::vector<int64_t>& wanted, FrameReadOptions options = {}) {
  options.image_size = 32;
  return read_frames({path, nullptr}, options, {}, [&](const FrameFacts&) { return wanted; });
}

// What the ffmpeg program decodes, resized: the short side of 48 becomes 38.
std::vector<std::uint8_t> expected_pixels(const std::string& path, const std::set<int64_t>& wanted) {
  const Resizer resizer(ResizeFilter::kNearest, {64, 50, 0, 50}, {48, 38, 0, 38});
  std::vector<std::uint8_t> pixels;
  for (const auto& frame : test::ffmpeg_frames(path, 64, 48, wanted).wanted) {
    const auto resized = resizer(RgbImage{64, 48, frame});
    pixels.insert(pixels.end(), resized.begin(), resized.end());
  }
  return pixels;
}

// The frames that are requested, however the video is coded and wherever they are.
TEST(ReadFrames, GivesTheProgramsFrames) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  const std::string source = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=12 -pix_fmt yuv420p ";
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"h264.mp4", "-c:v libx264 -g 20 -bf 3"},
      {"open.mp4", "-c:v libx264 -g 15 -bf 3 -x264-params open-gop=1:scenecut=0"},
      {"open.ts", "-c:v libx264 -g 15 -bf 3 -x264-params open-gop=1:scenecut=0"},
      {"mpeg4.avi", "-c:v mpeg4 -g 12 -bf 2"},
      {"vp9.webm", "-c:v libvpx-vp9 -g 30 -auto-alt-ref 1 -lag-in-frames 16 -deadline realtime -cpu-used 8"},
      {"mpeg2.mpg", "-c:v mpeg2video -g 12 -bf 2"},
      {"intra.mkv", "-c:v mjpeg -pix_fmt yuvj420p"}};
  for (const auto& [name, coding] : forms) {
    const std::string path = folder / name;
    make_video(source + coding, path);
    if (HasFatalFailure()) return;
    for (const std::set<int64_t>& wanted : {std::set<int64_t>{0}, {3, 9, 10}, {61, 62, 70}, {118, 119}, {45}}) {
      const VideoFrames frames = read(path, {wanted.begin(), wanted.end()});
      EXPECT_EQ(frames.width, 50);
      EXPECT_EQ(frames.height, 38);
      EXPECT_TRUE(frames.pixels == expected_pixels(path, wanted)) << name << " from " << *wanted.begin();
    }
  }
}

TEST(ReadFrames, ReadsRepeatsOnceAndInOrder) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  make_video("-f lavfi -i testsrc2=size=64x48:rate=10:duration=1", folder / "a.mp4");
  const VideoFrames frames = read(folder / "a.mp4", {5, 2, 5});
  EXPECT_EQ(frames.indices, (std::vector<int64_t>{2, 5}));
  EXPECT_TRUE(frames.pixels == expected_pixels(folder / "a.mp4", {2, 5}));
  EXPECT_TRUE(frames.facts.from_packets);
}

TEST(ReadFrames, TellsTheChooserTheTimesOfThePackets) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  make_video("-f lavfi -i testsrc2=size=64x48:rate=10:duration=1", folder / "a.mp4");
  FrameFacts told;
  read_frames({folder / "a.mp4", nullptr}, {.image_size = 32}, {}, [&](const FrameFacts& facts) {
    told = facts;
    return std::vector<int64_t>{0};
  });
  EXPECT_EQ(told.times.seconds.size(), 10U);
  EXPECT_DOUBLE_EQ(told.times.end_seconds, 1);
  EXPECT_EQ(told.frame_bytes, 3 * 50 * 38);
}

// Overwrites the pictures of an mp4 from one share of its length to another; its index, at the end, stays whole.
void spoil(const std::string& path, double from, double to) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto pictures = static_cast<double>(bytes.rfind("moov") - 100);
  file.seekp(static_cast<std::streamoff>(100 + from * pictures));
  file << std::string(static_cast<std::size_t>((to - from) * pictures) - 100, '\0');
}

constexpr const char* kPictures = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=3 -c:v mjpeg -pix_fmt yuvj420p";

TEST(ReadFrames, AsksAgainWhenFramesAreMissing) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  const std::string path = folder / "a.mp4";
  make_video(kPictures, path);
  spoil(path, 0.5, 1);
  std::vector<FrameFacts> asked;
  const VideoFrames frames = read_frames({path, nullptr}, {.image_size = 32}, {}, [&](const FrameFacts& facts) {
    asked.push_back(facts);
    return std::vector<int64_t>{static_cast<int64_t>(facts.times.seconds.size()) - 1};
  });
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].times.seconds.size(), 30U);
  EXPECT_LT(asked[1].times.seconds.size(), 25U);
  EXPECT_FALSE(frames.facts.from_packets);
  EXPECT_EQ(frames.indices[0], static_cast<int64_t>(asked[1].times.seconds.size()) - 1);
}

TEST(ReadFrames, BeginsAtTheKeyPictureBeforeTheFirstWantedFrame) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  const std::string path = folder / "a.mp4";
  make_video(kPictures, path);
  const auto whole = expected_pixels(path, {25, 28});
  spoil(path, 0, 0.5);
  const VideoFrames frames = read(path, {25, 28});
  EXPECT_TRUE(frames.facts.from_packets);  // nothing before frame 25 was decoded, or it would have been missed
  EXPECT_TRUE(frames.pixels == whole);
}

TEST(ReadFrames, RefusesPicturesThatAreAlmostLines) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const TemporaryFolder folder;
  make_video("-f lavfi -i color=size=2000x2:rate=1:duration=1", folder / "a.png");
  EXPECT_THROW(read(folder / "a.png", {0}), Error);
}

TEST(ReadFrames, ThrowsForWhatIsNoVideo) {
  const TemporaryFolder folder;
  EXPECT_THROW(read(folder / "missing.mp4", {0}), Error);
}

}  // namespace
}  // namespace tvts

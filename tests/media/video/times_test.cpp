// When frames are shown, in files whose times begin anew or are not those of presentation.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tvts/media/video/inspect.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/read_frames.h"
#include "tvts/media/video/thumbnail.h"

namespace tvts {
namespace {

using test::make_video;

// 8 frames a second, each with B-frames after it.
const std::string kSource = "-f lavfi -i testsrc2=size=96x64:rate=8:duration=";
const std::string kH264 = " -c:v libx264 -bf 2 -g 8 -pix_fmt yuv420p ";

class Times : public testing::Test {
 protected:
  void SetUp() override { TVTS_SKIP_WITHOUT_FFMPEG(); }

  // The files one after the other in one, as cat does.
  std::string joined(const std::string& name, const std::vector<std::string>& parts) const {
    std::ofstream out(folder_ / name, std::ios::binary);
    for (const std::string& part : parts) out << std::ifstream(part, std::ios::binary).rdbuf();
    return folder_ / name;
  }

  std::string part(const std::string& name, double seconds, const std::string& options = "") const {
    make_video(kSource + std::to_string(seconds) + kH264 + options, folder_ / name);
    return folder_ / name;
  }

  const test::TemporaryFolder folder_;
};

struct Seen {
  std::vector<double> seconds;  // of all frames that the clips take
  std::vector<double> ends;     // of the clips
  std::vector<std::vector<std::uint8_t>> pixels;
  VideoReport report;
};

// Every frame of the video where num_frames allows, by windows of two seconds or as one clip.
Seen see(const std::string& path, bool windows) {
  ClipOptions options;
  options.num_frames = 256;
  options.image_size = 32;
  if (windows) options.window = WindowOptions{2, 2};
  Seen seen;
  seen.report = read_clips({path, nullptr}, options, {}, [&](Clip clip) {
    seen.seconds.insert(seen.seconds.end(), clip.frame_seconds.begin(), clip.frame_seconds.end());
    seen.ends.push_back(clip.end_seconds);
    seen.pixels.push_back(std::move(clip.pixels));
    return true;
  });
  return seen;
}

void expect_even(const Seen& seen, std::size_t frames, double tolerance = 1e-4) {
  ASSERT_EQ(seen.seconds.size(), frames);
  for (std::size_t i = 0; i < frames; ++i) {
    ASSERT_NEAR(seen.seconds[i], static_cast<double>(i) / 8, tolerance) << i;
  }
  EXPECT_NEAR(seen.ends.back(), static_cast<double>(frames) / 8, tolerance);
  EXPECT_NEAR(seen.report.duration_seconds, static_cast<double>(frames) / 8, tolerance);
}

TEST_F(Times, PartsOfMpegTsThatEachBeginAnewFollowOneAnother) {
  const std::string one = part("one.ts", 4);
  const std::string path = joined("joined.ts", {one, one, one});
  const Seen windows = see(path, true);
  expect_even(windows, 96);
  EXPECT_EQ(windows.pixels.size(), 6u);
  EXPECT_TRUE(windows.pixels[0] == windows.pixels[2]);  // the same two seconds of two parts
  EXPECT_TRUE(windows.pixels[1] == windows.pixels[5]);
  expect_even(see(path, false), 96);
}

TEST_F(Times, AJoinIsOneAtAnyStepBackAndAtALongGap) {
  const std::string from_zero = part("zero.ts", 1), later = part("later.ts", 1, "-output_ts_offset 0.7"),
                    much_later = part("much.ts", 1, "-output_ts_offset 500");
  expect_even(see(joined("back.ts", {later, from_zero}), true), 16);
  expect_even(see(joined("gap.ts", {from_zero, much_later, from_zero}), true), 24);
}

TEST_F(Times, PartsWithSoundAndOfMpegPsFollowOneAnotherToo) {
  make_video(kSource + "2 -f lavfi -i sine=duration=2 " + kH264, folder_ / "sound.ts");
  // Sound, which begins a little earlier, is at time zero.
  expect_even(see(joined("sounds.ts", {folder_ / "sound.ts", folder_ / "sound.ts"}), true), 32, 0.02);
  make_video("-f lavfi -i testsrc2=size=96x64:rate=25:duration=2 -c:v mpeg2video -bf 2", folder_ / "one.mpg");
  const Seen seen = see(joined("two.mpg", {folder_ / "one.mpg", folder_ / "one.mpg"}), true);
  ASSERT_EQ(seen.seconds.size(), 100u);
  EXPECT_NEAR(seen.seconds[99] - seen.seconds[0], 99 * 0.04, 1e-3);
}

TEST_F(Times, APictureOfAJoinedVideoIsThatOfItsTime) {
  const std::string first = folder_ / "dark.ts", second = folder_ / "light.ts";
  make_video("-f lavfi -i color=black:size=64x64:rate=8:duration=4 -g 4", first);
  make_video("-f lavfi -i color=white:size=64x64:rate=8:duration=4 -g 4", second);
  const std::string path = joined("both.ts", {first, second, first, second});
  const auto jpeg_at = [&](double seconds) { return thumbnail_jpeg({path, nullptr}, seconds, 64); };
  const auto dark = jpeg_at(0), light = jpeg_at(6);
  EXPECT_FALSE(dark == light);
  for (const double seconds : {1.0, 3.0, 9.0, 11.0}) EXPECT_TRUE(jpeg_at(seconds) == dark) << seconds;
  for (const double seconds : {5.0, 7.0, 13.0, 15.0, 99.0}) EXPECT_TRUE(jpeg_at(seconds) == light) << seconds;
}

// The same pictures in a container that keeps decoding times alone: its header's 2 slots a frame are half empty.
TEST_F(Times, AnAviWithoutPresentationTimesIsAsLongAsItsSource) {
  const std::string source = part("source.mp4", 1.5), path = folder_ / "copy.avi";
  make_video("-i '" + source + "' -c copy", path);
  const Seen from_source = see(source, false), from_avi = see(path, false);
  expect_even(from_avi, 12);
  expect_even(see(path, true), 12);
  EXPECT_TRUE(from_avi.pixels == from_source.pixels);
  EXPECT_EQ(from_avi.report.frames_promised, 12);
  EXPECT_NEAR(from_avi.report.frame_rate, 8, 1e-9);
  for (const std::string& warning : from_avi.report.warnings) EXPECT_EQ(warning.find("promised"), std::string::npos);
  EXPECT_EQ(inspect_video({path, nullptr}, {}).streams.at(0).frames_promised, 12);
}

TEST_F(Times, EveryFormWithoutPresentationTimesKeepsItsFramesInStep) {
  const std::string source = part("source.mp4", 1.5), plain = part("plain.mp4", 1.5, "-bf 0");
  for (const std::string name : {"copy.avi", "copy.h264", "copy.mkv", "copy.ts"}) {
    SCOPED_TRACE(name);
    for (const std::string& from : {source, plain}) {
      make_video("-i '" + from + "' -c copy", folder_ / name);
      expect_even(see(folder_ / name, false), 12);
      expect_even(see(folder_ / name, true), 12);
    }
  }
  for (const std::string name : {"mpeg4.avi", "mpeg4.m4v", "mpeg4.mp4"}) {
    SCOPED_TRACE(name);
    make_video(kSource + "1.5 -c:v mpeg4 -bf 2", folder_ / name);
    expect_even(see(folder_ / name, false), 12);
    expect_even(see(folder_ / name, true), 12);
  }
}

TEST_F(Times, AnAviThatIsCutShortMissesWhatItPromised) {
  const std::string whole = folder_ / "whole.avi", path = folder_ / "cut.avi";
  make_video(kSource + "4 -c:v mjpeg -pix_fmt yuvj420p", whole);
  std::filesystem::copy_file(whole, path);
  std::filesystem::resize_file(path, std::filesystem::file_size(whole) / 2);
  const VideoReport report = see(path, false).report;
  EXPECT_EQ(report.frames_promised, 32);
  EXPECT_LT(report.frames_found, 20);
}

// The frames of such a file by the reader that training uses.
TEST_F(Times, FramesChosenByTimeAreToldByDecodingTimes) {
  const std::string source = part("source.mp4", 1.5), path = folder_ / "copy.avi";
  make_video("-i '" + source + "' -c copy", path);
  const VideoFrames frames =
      read_frames({path, nullptr}, {.image_size = 32, .by_time = true}, {}, [](const FrameFacts& facts) {
        EXPECT_EQ(facts.times.seconds.size(), 12u);
        EXPECT_NEAR(facts.times.end_seconds, 1.5, 1e-9);
        return std::vector<int64_t>{3};
      });
  EXPECT_TRUE(frames.facts.from_packets);
  EXPECT_EQ(frames.indices, (std::vector<int64_t>{3}));
}

}  // namespace
}  // namespace tvts

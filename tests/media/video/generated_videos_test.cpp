// Videos made at test time, one property each, against the ffmpeg program's frames.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tvts/core/error.h"
#include "tvts/media/video/geometry.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/inspect.h"
#include "tvts/media/video/orientation.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/resize.h"
#include "tvts/media/video/sampling.h"
#include "tvts/media/video/thumbnail.h"
#include "tvts/media/video/video_writer.h"

namespace tvts {
namespace {

using test::make_video;

struct Read {
  std::vector<Clip> clips;
  VideoReport report;

  std::string warnings() const {
    std::string all;
    for (const std::string& warning : report.warnings) all += warning + "\n";
    return all;
  }
};

Read read(const MediaBytes& media, const ClipOptions& options = {}, std::stop_token stop = {}) {
  Read result;
  result.report = read_clips(media, options, std::move(stop), [&](Clip clip) {
    result.clips.push_back(std::move(clip));
    return true;
  });
  return result;
}

Read read(const std::string& path, const ClipOptions& options = {}) { return read(MediaBytes{path, nullptr}, options); }

std::vector<std::byte> bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> content(std::istreambuf_iterator<char>(file), {});
  const auto* data = reinterpret_cast<const std::byte*>(content.data());
  return {data, data + content.size()};
}

struct Picture {
  int width, height;  // as stored
  Orientation orientation = {};
  int aspect_num = 1, aspect_den = 1;  // of the upright picture
};

// The clip of the whole video as it must be, made of the program's frames.
std::vector<std::uint8_t> expected_pixels(const std::string& path, const Picture& picture, const ClipOptions& options) {
  const test::RawFrames frames = test::ffmpeg_frames(path, picture.width, picture.height);
  std::vector<std::uint8_t> pixels;
  for (const int64_t index : sample_frames(options.preprocess, frames.count, options.num_frames)) {
    const RgbImage stored{picture.width, picture.height, frames.wanted[static_cast<std::size_t>(index)]};
    const RgbImage upright = oriented(stored, picture.orientation);
    const FrameGeometry geometry = frame_geometry(options.preprocess, options.image_size, upright.width, upright.height,
                                                  picture.aspect_num, picture.aspect_den);
    const std::vector<std::uint8_t> frame = Resizer(geometry.filter, geometry.x, geometry.y)(upright);
    pixels.insert(pixels.end(), frame.begin(), frame.end());
  }
  return pixels;
}

class GeneratedVideos : public testing::Test {
 protected:
  void SetUp() override { TVTS_SKIP_WITHOUT_FFMPEG(); }

  // All three preprocessings agree with the program's frames.
  void expect_pixels(const std::string& path, const Picture& picture) {
    for (const Preprocess preprocess : {Preprocess::kTvtsv2Eval, Preprocess::kTvtsv2Extract, Preprocess::kClip}) {
      ClipOptions options;
      options.preprocess = preprocess;
      const Read ours = read(path, options);
      ASSERT_EQ(ours.clips.size(), 1u);
      EXPECT_TRUE(ours.clips[0].pixels == expected_pixels(path, picture, options)) << to_string(preprocess);
    }
  }

  const test::TemporaryFolder folder_;
};

const std::string kSource = "-f lavfi -i testsrc2=size=160x120:rate=25:duration=2 ";

TEST_F(GeneratedVideos, SampleAspectRatioShapesThePicture) {
  const std::string path = folder_ / "sar.mp4";
  make_video(kSource + "-vf setsar=3/2", path);
  expect_pixels(path, {160, 120, {}, 3, 2});
}

TEST_F(GeneratedVideos, SampleAspectRatioIsIgnoredOnRequest) {
  const std::string path = folder_ / "sar.mp4";
  make_video(kSource + "-vf setsar=3/2", path);
  ClipOptions options;
  options.display_aspect = false;
  EXPECT_TRUE(read(path, options).clips.at(0).pixels == expected_pixels(path, {160, 120}, options));
}

// The program turns before it converts colours, which is the same where chroma is whole.
TEST_F(GeneratedVideos, RotationsAreThoseThatTheProgramShows) {
  const std::string plain = folder_ / "plain.mp4", upright = folder_ / "upright.mkv";
  make_video(kSource + "-c:v libx264 -pix_fmt yuv444p", plain);
  for (const int tag : {90, 180, 270}) {
    SCOPED_TRACE(tag);
    const std::string path = folder_ / concat("rotated", tag, ".mp4");
    make_video("-i '" + plain + "' -c copy -metadata:s:v:0 rotate=" + std::to_string(tag), path);
    make_video("-i '" + path + "' -c:v ffv1", upright);
    EXPECT_TRUE(read(path).clips.at(0).pixels == read(upright).clips.at(0).pixels);
  }
}

TEST_F(GeneratedVideos, APictureOnItsSideHasItsAspectTheOtherWayRound) {
  const std::string plain = folder_ / "plain.mp4", path = folder_ / "rotated.mp4";
  make_video(kSource + "-vf setsar=3/2", plain);
  make_video("-i '" + plain + "' -c copy -metadata:s:v:0 rotate=180", path);
  expect_pixels(path, {160, 120, {false, true, true}, 3, 2});
  make_video("-i '" + plain + "' -c copy -metadata:s:v:0 rotate=90", path);
  expect_pixels(path, {160, 120, {true, false, true}, 2, 3});
}

TEST_F(GeneratedVideos, RotationIsLeftOutOnRequest) {
  const std::string plain = folder_ / "plain.mp4", path = folder_ / "rotated.mp4";
  make_video(kSource, plain);
  make_video("-i '" + plain + "' -c copy -metadata:s:v:0 rotate=90", path);
  ClipOptions options;
  options.rotate = false;
  EXPECT_TRUE(read(path, options).clips.at(0).pixels == expected_pixels(path, {160, 120}, options));
}

TEST_F(GeneratedVideos, InterlacedFramesStayAsTheyAre) {
  const std::string path = folder_ / "interlaced.mp4";
  make_video(kSource + "-vf interlace -c:v libx264 -flags +ildct+ilme", path);
  expect_pixels(path, {160, 120});
}

TEST_F(GeneratedVideos, TenBitsBecomeEightAsInTheProgram) {
  const std::string path = folder_ / "ten.mkv";
  make_video(kSource + "-c:v libx264 -pix_fmt yuv420p10le", path);
  expect_pixels(path, {160, 120});
}

TEST_F(GeneratedVideos, FullChromaIsKept) {
  const std::string path = folder_ / "full.mkv";
  make_video(kSource + "-c:v libx264 -pix_fmt yuv444p", path);
  expect_pixels(path, {160, 120});
}

TEST_F(GeneratedVideos, AlphaIsDropped) {
  const std::string path = folder_ / "alpha.mov";
  make_video("-f lavfi -i testsrc2=size=160x120:rate=25:duration=1:alpha=100 -c:v png -pix_fmt rgba", path);
  expect_pixels(path, {160, 120});
}

TEST_F(GeneratedVideos, OddSizesAreRead) {
  const std::string path = folder_ / "odd.mkv";
  make_video("-f lavfi -i testsrc=size=161x121:rate=25:duration=1 -c:v ffv1 -pix_fmt yuv420p", path);
  expect_pixels(path, {161, 121});
}

TEST_F(GeneratedVideos, FramesBehindAnEditListAreNotCounted) {
  const std::string whole = folder_ / "whole.mp4", path = folder_ / "cut.mp4";
  make_video(kSource + "-g 50", whole);
  make_video("-ss 0.8 -i '" + whole + "' -c copy", path);
  expect_pixels(path, {160, 120});
  EXPECT_EQ(read(path).report.frames_found, 30);
  EXPECT_EQ(read(path).report.frames_promised, 30);
}

// The published reader chooses among the 50 packets and repeats the last of the 30 frames (seen with decord 0.6).
TEST_F(GeneratedVideos, PromisedFramesAreThoseOfAllPackets) {
  const std::string whole = folder_ / "whole.mp4", path = folder_ / "cut.mp4";
  make_video(kSource + "-g 50", whole);
  make_video("-ss 0.8 -i '" + whole + "' -c copy", path);
  ClipOptions options;
  options.frame_count = FrameCount::kPromised;
  EXPECT_EQ(read(path, options).clips.at(0).frame_indices,
            (std::vector<int64_t>{1, 5, 9, 13, 17, 22, 26, 29, 29, 29, 29, 29}));
  EXPECT_EQ(read(whole, options).clips.at(0).frame_indices, read(whole).clips.at(0).frame_indices);
}

TEST_F(GeneratedVideos, AChangeOfSizeIsScaledToTheFirstFrame) {
  const std::string first = folder_ / "a.h264", second = folder_ / "b.h264", path = folder_ / "both.h264";
  make_video(kSource, first);
  make_video("-f lavfi -i testsrc=size=96x80:rate=25:duration=1", second);
  std::ofstream(path, std::ios::binary) << std::ifstream(first, std::ios::binary).rdbuf()
                                        << std::ifstream(second, std::ios::binary).rdbuf();
  EXPECT_EQ(read(path).report.frames_found, 75);
  expect_pixels(path, {160, 120});
}

TEST_F(GeneratedVideos, StillPicturesAreVideosOfOneFrame) {
  for (const std::string name : {"picture.png", "picture.jpg", "picture.webp", "picture.bmp"}) {
    SCOPED_TRACE(name);
    const std::string path = folder_ / name;
    make_video("-f lavfi -i testsrc2=size=160x120 -frames:v 1", path);
    EXPECT_EQ(read(path).report.frames_found, 1);
    expect_pixels(path, {160, 120});
  }
}

TEST_F(GeneratedVideos, FewerFramesThanWantedGiveAShorterClipAndAWarning) {
  const std::string path = folder_ / "short.mp4";
  make_video("-f lavfi -i testsrc2=size=160x120:rate=25:duration=0.2", path);
  const Read ours = read(path);
  EXPECT_EQ(ours.clips.at(0).frames, 5);
  EXPECT_EQ(ours.clips.at(0).frame_indices, (std::vector<int64_t>{0, 1, 2, 3, 4}));
  EXPECT_NE(ours.warnings().find("5 of 12"), std::string::npos) << ours.warnings();
}

TEST_F(GeneratedVideos, WindowsFollowTheClockWhenTheRateVaries) {
  const std::string path = folder_ / "vfr.mkv";
  // 25 frames a second for one second, then 5.
  make_video(kSource + "-vf \"select='lt(t,1)+not(mod(n,5))'\" -fps_mode passthrough", path);
  ClipOptions options;
  options.num_frames = 64;
  options.window = WindowOptions{1, 1};
  const Read ours = read(path, options);
  ASSERT_EQ(ours.clips.size(), 2u);
  EXPECT_EQ(ours.clips[0].frames, 25);
  EXPECT_EQ(ours.clips[1].frames, 5);
  EXPECT_NEAR(ours.clips[1].frame_seconds[1], 1.2, 1e-9);
}

TEST_F(GeneratedVideos, WindowsHaveTheirTimesFromTheDecoderWhenThePacketsHaveNone) {
  const std::string path = folder_ / "untimed.avi";
  make_video(kSource + "-c:v mpeg4 -bf 2", path);
  ClipOptions options;
  options.num_frames = 64;
  options.window = WindowOptions{0.7, 0.7};
  std::vector<double> seconds;
  for (const Clip& clip : read(path, options).clips) {
    seconds.insert(seconds.end(), clip.frame_seconds.begin(), clip.frame_seconds.end());
  }
  ASSERT_EQ(seconds.size(), 50u);
  for (std::size_t i = 1; i < 50; ++i) EXPECT_NEAR(seconds[i] - seconds[i - 1], 0.04, 1e-9) << i;
}

TEST_F(GeneratedVideos, ATruncatedFileGivesTheWindowsThatItHolds) {
  const std::string whole = folder_ / "whole.mp4", path = folder_ / "cut.mp4";
  make_video(kSource + "-movflags +faststart -g 5", whole);
  std::vector<std::byte> content = bytes_of(whole);
  content.resize(content.size() * 3 / 5);
  ClipOptions options;
  options.window = WindowOptions{0.4, 0.4};
  const Read all = read(whole, options);
  const Read cut = read({"cut.mp4", std::make_shared<const std::vector<std::byte>>(content)}, options);
  ASSERT_EQ(all.clips.size(), 5u);
  ASSERT_GE(cut.clips.size(), 2u);
  ASSERT_LT(cut.clips.size(), 5u);
  EXPECT_TRUE(cut.clips[0].pixels == all.clips[0].pixels);
  EXPECT_LT(cut.report.frames_found, cut.report.frames_promised);
}

TEST_F(GeneratedVideos, AnInMemoryFileReadsAsTheFile) {
  const std::string path = folder_ / "plain.mp4";
  make_video(kSource, path);
  const MediaBytes memory{"member.mp4", std::make_shared<const std::vector<std::byte>>(bytes_of(path))};
  EXPECT_TRUE(read(memory).clips.at(0).pixels == read(path).clips.at(0).pixels);
}

TEST_F(GeneratedVideos, AFileTooBigToKeepIsReadAgainTheSame) {
  const std::string path = folder_ / "plain.mp4";
  make_video("-f lavfi -i testsrc2=size=160x120:rate=25:duration=20 -crf 10", path);
  ClipOptions small;
  small.memory_budget_bytes = std::size_t{4} << 20;  // an eighth of it is less than the file
  ASSERT_GT(std::filesystem::file_size(path), small.memory_budget_bytes / 8);
  EXPECT_TRUE(read(path, small).clips.at(0).pixels == read(path).clips.at(0).pixels);
}

TEST_F(GeneratedVideos, PicturesBeyondTheMemoryBudgetAreRefused) {
  const std::string path = folder_ / "large.mp4";
  make_video("-f lavfi -i testsrc2=size=1920x1080:rate=25:duration=0.2", path);
  ClipOptions options;
  options.memory_budget_bytes = std::size_t{16} << 20;
  EXPECT_THROW(read(path, options), Error);
}

TEST_F(GeneratedVideos, ASpentTimeBudgetIsAnErrorBeforeTheFirstFrame) {
  const std::string path = folder_ / "plain.mp4";
  make_video(kSource, path);
  ClipOptions options;
  options.time_budget_seconds = 1e-9;
  EXPECT_THROW(read(path, options), Error);
}

TEST_F(GeneratedVideos, AMemoryBudgetSpentOnTheWayGivesTheFramesUpToThere) {
  const std::string path = folder_ / "long.mp4";
  make_video("-f lavfi -i testsrc2=size=16x16:rate=25:duration=60", path);
  ClipOptions options;
  options.num_frames = 2;
  options.image_size = 16;
  options.memory_budget_bytes = 32768;  // a quarter of it holds the times of 1024 frames
  const Read ours = read(path, options);
  ASSERT_EQ(ours.clips.size(), 1u);
  EXPECT_EQ(ours.clips[0].frames, 2);
  EXPECT_EQ(ours.report.frames_found, 1025);
  EXPECT_NE(ours.warnings().find("spent after 1025 frames"), std::string::npos) << ours.warnings();
}

TEST_F(GeneratedVideos, AStopInterrupts) {
  const std::string path = folder_ / "plain.mp4";
  make_video(kSource, path);
  ClipOptions options;
  options.window = WindowOptions{0.2, 0.2};
  std::stop_source stop;
  int clips = 0;
  try {
    read_clips({path, nullptr}, options, stop.get_token(), [&](const Clip&) { return ++clips, stop.request_stop(); });
    FAIL() << "was not interrupted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
  EXPECT_EQ(clips, 1);
}

TEST_F(GeneratedVideos, TheReaderMayStopAfterAnyClip) {
  const std::string path = folder_ / "plain.mp4";
  make_video(kSource, path);
  ClipOptions options;
  options.window = WindowOptions{0.5, 0.5};
  int clips = 0;
  const VideoReport report = read_clips({path, nullptr}, options, {}, [&](const Clip&) { return ++clips < 2; });
  EXPECT_EQ(clips, 2);
  EXPECT_TRUE(report.warnings.empty());
}

TEST_F(GeneratedVideos, APlaylistOpensNoOtherFile) {
  const std::string path = folder_ / "plain.ts", list = folder_ / "list.m3u8",
                    concatenation = folder_ / "list.ffconcat";
  make_video(kSource, path);
  std::ofstream(list) << "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" << path << "\n#EXT-X-ENDLIST\n";
  std::ofstream(concatenation) << "ffconcat version 1.0\nfile '" << path << "'\n";
  EXPECT_THROW(read(list), Error);
  EXPECT_THROW(read(concatenation), Error);
}

TEST_F(GeneratedVideos, SoundWithACoverPictureIsNotAVideo) {
  const std::string cover = folder_ / "cover.png", path = folder_ / "song.mp3";
  make_video("-f lavfi -i testsrc2=size=160x120 -frames:v 1", cover);
  make_video("-f lavfi -i sine=duration=1 -i '" + cover + "' -map 0 -map 1 -c:v copy -disposition:v attached_pic",
             path);
  EXPECT_THROW(read(path), Error);
}

TEST_F(GeneratedVideos, InspectionNamesTheStreamsAndTheFramesUsed) {
  const std::string path = folder_ / "sound.mp4";
  make_video(kSource + "-f lavfi -i sine=duration=2 -vf setsar=3/2", path);
  const VideoDescription description = inspect_video({path, nullptr}, {});
  ASSERT_EQ(description.streams.size(), 2u);
  EXPECT_EQ(description.streams[0].codec, "h264");
  EXPECT_TRUE(description.streams[0].chosen);
  EXPECT_EQ(description.streams[0].aspect_num, 3);
  EXPECT_EQ(description.streams[1].kind, "audio");
  ASSERT_EQ(description.clips.size(), 1u);
  ASSERT_EQ(description.clips[0].frames.size(), 12u);
  EXPECT_EQ(description.clips[0].frames[0].index, 1);
  EXPECT_DOUBLE_EQ(description.clips[0].frames[0].seconds, 0.04);
}

TEST_F(GeneratedVideos, AThumbnailIsTheFrameOfItsMoment) {
  const std::string path = folder_ / "grey.mp4", picture = folder_ / "thumbnail.jpg";
  // Brightness 40 in the first second, 200 in the second.
  make_video(
      "-f lavfi -i color=0x282828:size=160x120:rate=25:duration=1 "
      "-f lavfi -i color=0xc8c8c8:size=160x120:rate=25:duration=1 -filter_complex concat=n=2 -g 10",
      path);
  const auto brightness = [&](double seconds) {
    const std::vector<std::byte> jpeg = thumbnail_jpeg({path, nullptr}, seconds, 80);
    const Read shown = read(MediaBytes{"thumbnail.jpg", std::make_shared<const std::vector<std::byte>>(jpeg)});
    EXPECT_EQ(shown.report.width, 80);
    EXPECT_EQ(shown.report.height, 60);
    return shown.clips.at(0).pixels.at(0);
  };
  EXPECT_NEAR(brightness(0.9), 40, 8);
  EXPECT_NEAR(brightness(1.04), 200, 8);
  EXPECT_NEAR(brightness(99), 200, 8);
}

}  // namespace
}  // namespace tvts

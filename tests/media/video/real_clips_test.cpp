// Decoding against the ffmpeg program, on the real and the hostile clips.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>
#include <sstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tests/support/shared_folder.h"
#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/frame_preparer.h"
#include "tvts/media/video/frame_scan.h"
#include "tvts/media/video/orientation.h"
#include "tvts/media/video/picture_shape.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/read_frames.h"
#include "tvts/media/video/rgb.h"
#include "tvts/media/video/sampling.h"

namespace tvts {
namespace {

std::vector<std::string> clips_of(const std::string& kind) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(test::clips_dir() + "/" + kind)) {
    paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct OurFrames {
  int64_t count = 0;
  int width = 0, height = 0;
  std::set<int64_t> wanted;
  std::vector<std::vector<std::uint8_t>> rgb;
};

OurFrames our_frames(const std::string& path) {
  AvMessages quiet;
  const MediaBytes media{path, nullptr};
  const Budget budget(600, std::size_t{1} << 30, {});
  PacketScan packets(media, budget);
  OurFrames ours;
  ours.count = static_cast<int64_t>(decode_frames(packets, {}, path, budget, [](const AVFrame&, int64_t, double) {
                                      return true;
                                    }).times.seconds.size());
  for (const int64_t frame : middle_frames(ours.count, 12)) ours.wanted.insert(frame);
  std::optional<RgbConverter> converter;
  decode_frames(packets, {}, path, budget, [&](const AVFrame& frame, int64_t index, double) {
    if (!converter) converter.emplace(ours.width = frame.width, ours.height = frame.height);
    if (ours.wanted.contains(index)) ours.rgb.push_back(oriented(converter->convert(frame), {}).pixels);
    return true;
  });
  return ours;
}

void expect_the_program_agrees(const std::string& path) {
  SCOPED_TRACE(path);
  const OurFrames ours = our_frames(path);
  const test::RawFrames theirs = test::ffmpeg_frames(path, ours.width, ours.height, ours.wanted);
  EXPECT_EQ(ours.count, theirs.count);
  EXPECT_TRUE(ours.rgb == theirs.wanted);
}

TEST(RealClips, HaveTheFramesThatTheFfmpegProgramWrites) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  TVTS_SKIP_WITHOUT_FFMPEG();
  for (const std::string& path : clips_of("real")) expect_the_program_agrees(path);
}

// The clip of the whole video, made of frames that are all decoded.
std::vector<std::uint8_t> pixels_of_a_whole_decode(const std::string& path, const ClipOptions& options) {
  AvMessages quiet;
  const MediaBytes media{path, nullptr};
  const Budget budget(600, std::size_t{1} << 30, {});
  PacketScan packets(media, budget);
  const auto count = static_cast<int64_t>(decode_frames(packets, {}, path, budget, [](const AVFrame&, int64_t, double) {
                                            return true;
                                          }).times.seconds.size());
  const std::vector<int64_t> frames = middle_frames(count, options.num_frames);
  std::vector<std::uint8_t> pixels;
  std::optional<FramePreparer> preparer;
  decode_frames(packets, {}, path, budget, [&](const AVFrame& frame, int64_t index, double) {
    if (!preparer) preparer.emplace(picture_shape(*packets.context(), *packets.stream(), &frame), options);
    if (std::binary_search(frames.begin(), frames.end(), index)) {
      const auto some = preparer->prepare(frame);
      pixels.insert(pixels.end(), some.begin(), some.end());
    }
    return true;
  });
  return pixels;
}

void expect_the_clip_of_a_whole_decode(const std::string& path) {
  SCOPED_TRACE(path);
  const ClipOptions options;
  std::vector<std::uint8_t> found;
  try {
    read_clips({path, nullptr}, options, {}, [&](const Clip& clip) {
      found = clip.pixels;
      return true;
    });
  } catch (const Error&) {
    return;  // not one frame, which other tests look at
  }
  EXPECT_TRUE(found == pixels_of_a_whole_decode(path, options));
}

TEST(RealClips, GiveTheClipOfAWholeDecodeThoughFramesAreLeftOut) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  for (const std::string& path : clips_of("real")) expect_the_clip_of_a_whole_decode(path);
}

TEST(HostileClips, GiveTheClipOfAWholeDecode) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  for (const std::string& path : clips_of("hostile")) expect_the_clip_of_a_whole_decode(path);
}

TEST(RealClips, WhoseBytesAreDamagedGiveTheClipOfAWholeDecode) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  const std::string damaged = testing::TempDir() + "damaged.mp4";
  for (const char* name : {"kinetics_R6llTwEh07w.mp4", "perception_models_dog.mp4"}) {
    std::ifstream file(test::clips_dir() + "/real/" + name, std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
    for (unsigned seed = 0; seed < 12; ++seed) {
      std::vector<char> copy = bytes;
      std::mt19937 random(seed);
      for (unsigned i = 0; i <= seed * 3; ++i) copy[random() % copy.size()] ^= static_cast<char>(1 << (random() % 8));
      std::ofstream(damaged, std::ios::binary).write(copy.data(), static_cast<std::streamsize>(copy.size()));
      SCOPED_TRACE(concat(name, " damaged with seed ", seed));
      expect_the_clip_of_a_whole_decode(damaged);
    }
  }
  std::filesystem::remove(damaged);
}

// The frames of `wanted`, read from the key picture before them, and the same ones out of a reading of all frames.
void expect_frames_are_those_of_a_whole_reading(const std::string& path) {
  SCOPED_TRACE(path);
  const FrameReadOptions options{.image_size = 16};
  const VideoFrames all = read_frames({path, nullptr}, options, {}, [](const FrameFacts& facts) {
    std::vector<int64_t> indices(facts.times.seconds.size());
    std::iota(indices.begin(), indices.end(), int64_t{0});
    return indices;
  });
  if (!all.facts.from_packets) return;  // the frames are those of a whole decode, which the other tests cover
  const auto count = static_cast<int64_t>(all.indices.size());
  const auto bytes = static_cast<long>(3 * all.width * all.height);
  for (const int64_t index : {count / 3, 2 * count / 3, count - 1}) {
    const VideoFrames one =
        read_frames({path, nullptr}, options, {}, [&](const FrameFacts&) { return std::vector<int64_t>{index}; });
    EXPECT_TRUE(std::equal(one.pixels.begin(), one.pixels.end(), all.pixels.begin() + index * bytes,
                           all.pixels.begin() + (index + 1) * bytes))
        << "frame " << index;
  }
}

TEST(RealClips, GiveTheSameFramesFromTheKeyPictureBeforeThem) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  for (const std::string& path : clips_of("real")) expect_frames_are_those_of_a_whole_reading(path);
}

struct ManifestRow {
  std::string file, expected;
  int64_t frames;
};

std::vector<ManifestRow> hostile_rows() {
  std::ifstream manifest(test::clips_dir() + "/MANIFEST.tsv");
  std::vector<ManifestRow> rows;
  for (std::string line; std::getline(manifest, line);) {
    std::vector<std::string> columns;
    std::istringstream parts(line);
    for (std::string column; std::getline(parts, column, '\t');) columns.push_back(column);
    if (columns.size() < 15 || columns[1] != "hostile") continue;
    rows.push_back({columns[0], columns[14], columns[9].empty() ? 0 : std::stoll(columns[9])});
  }
  return rows;
}

TEST(HostileClips, GiveTheFramesThatTheirManifestSaysOrAreRefused) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  const std::vector<ManifestRow> rows = hostile_rows();
  ASSERT_FALSE(rows.empty());
  for (const ManifestRow& row : rows) {
    SCOPED_TRACE(row.file + ": " + row.expected);
    const MediaBytes media{test::clips_dir() + "/" + row.file, nullptr};
    int64_t clips = 0;
    const auto read = [&] {
      return read_clips(media, {}, {}, [&](const Clip& clip) { return ++clips, clip.frames > 0; });
    };
    if (row.frames == 0) {
      EXPECT_THROW(read(), Error);
      EXPECT_EQ(clips, 0);
    } else {
      EXPECT_EQ(read().frames_found, row.frames);
      EXPECT_EQ(clips, 1);
    }
  }
}

TEST(HostileClips, HaveTheFramesThatTheFfmpegProgramWrites) {
  TVTS_SKIP_WITHOUT(test::clips_dir());
  TVTS_SKIP_WITHOUT_FFMPEG();
  for (const ManifestRow& row : hostile_rows()) {
    if (row.frames > 0) expect_the_program_agrees(test::clips_dir() + "/" + row.file);
  }
}

}  // namespace
}  // namespace tvts

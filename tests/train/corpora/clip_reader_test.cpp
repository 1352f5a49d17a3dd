#include "tvts/train/corpora/clip_reader.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/media/inputs/tar_maker.h"
#include "tests/train/corpora/training_folder.h"
#include "tvts/core/error.h"
#include "tvts/media/video/image_codec.h"

namespace tvts {
namespace {

using test::frame_shown;
using test::TrainingFolder;

constexpr ClipForm kForm{.num_frames = 4, .image_size = 32};

RandomStream stream(int i) { return {11, "clip " + std::to_string(i)}; }

std::vector<int64_t> frames_of(const TrainingSample& sample) {
  const std::size_t bytes = sample.clip.pixels.size() / static_cast<std::size_t>(sample.clip.frames);
  std::vector<int64_t> frames;
  for (std::size_t k = 0; k < static_cast<std::size_t>(sample.clip.frames); ++k) {
    frames.push_back(frame_shown(sample.clip.pixels[k * bytes]));
  }
  return frames;
}

bool same(const TrainingSample& a, const TrainingSample& b) {
  return a.key == b.key && a.clip.frames == b.clip.frames && a.clip.pixels == b.clip.pixels && a.texts == b.texts;
}

CorpusOptions write_table(const TrainingFolder& folder, const std::string& rows) {
  auto options = folder.table();
  options.list = folder.folder().add("other.csv", "path,caption,start,end\n" + rows);
  return options;
}

TEST(ClipReader, DrawsOneFrameOfEachInterval) {
  const TrainingFolder folder(1);
  const ClipReader reader(open_corpus(folder.table()), kForm, "", 0);
  std::set<int64_t> seen;
  for (int i = 0; i < 30; ++i) {
    const TrainingSample sample = reader.read(0, stream(i), {});
    EXPECT_EQ(sample.clip.pixels.size(), 4U * 32 * 32 * 3);
    EXPECT_EQ(sample.texts, std::vector<std::string>{"caption 0"});
    const auto frames = frames_of(sample);
    for (int64_t k = 0; k < 4; ++k) {
      EXPECT_EQ(frames[static_cast<std::size_t>(k)] / 5, k);
      EXPECT_NE(frames[static_cast<std::size_t>(k)] % 5, 4);
    }
    seen.insert(frames.begin(), frames.end());
  }
  EXPECT_EQ(seen.size(), 16U);
}

TEST(ClipReader, TakesTheStatedPartOnly) {
  const TrainingFolder folder(1);
  const ClipReader reader(open_corpus(write_table(folder, "clip0.mp4,part,0.5,1.3\n")), kForm, "", 0);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(frames_of(reader.read(0, stream(i), {})), (std::vector<int64_t>{5, 7, 9, 11}));
}

TEST(ClipReader, APartBehindTheEndIsAnError) {
  const TrainingFolder folder(1);
  const ClipReader reader(open_corpus(write_table(folder, "clip0.mp4,part,5,6\n")), kForm, "", 0);
  EXPECT_THROW(reader.read(0, stream(0), {}), Error);
}

TEST(ClipReader, AShortVideoRepeatsFrames) {
  const TrainingFolder folder(1, {.frames = 2});
  const ClipReader reader(open_corpus(folder.table()), kForm, "", 0);
  EXPECT_EQ(frames_of(reader.read(0, stream(0), {})), (std::vector<int64_t>{0, 0, 1, 1}));
}

// A picture that grows lighter from left to right.
void write_ramp(const std::string& path) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < 48; ++y) {
    for (int x = 0; x < 96; ++x) pixels.insert(pixels.end(), 3, static_cast<std::uint8_t>(2 * x));
  }
  const auto png = encode_png(pixels, 96, 48);
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(png.data()), static_cast<long>(png.size()));
}

TEST(ClipReader, CropsTheSamePartOfAllFramesAndAnotherOfEachClip) {
  const TrainingFolder folder(0);
  write_ramp(folder / "ramp.png");
  const ClipReader reader(open_corpus(write_table(folder, "ramp.png,a still,,\n")), kForm, "", 0);
  std::set<std::uint8_t> corners;
  for (int i = 0; i < 20; ++i) {
    const TrainingSample sample = reader.read(0, stream(i), {});
    const std::size_t bytes = sample.clip.pixels.size() / 4;
    for (std::size_t k = 1; k < 4; ++k) {
      EXPECT_TRUE(std::equal(sample.clip.pixels.begin(), sample.clip.pixels.begin() + static_cast<long>(bytes),
                             sample.clip.pixels.begin() + static_cast<long>(k * bytes)));
    }
    corners.insert(sample.clip.pixels[0]);
  }
  EXPECT_GT(corners.size(), 5U);
}

TEST(ClipReader, CropsTheCentreWhenAsked) {
  const TrainingFolder folder(0);
  write_ramp(folder / "ramp.png");
  const auto corpus = open_corpus(write_table(folder, "ramp.png,a still,,\n"));
  const ClipReader reader(corpus, {.num_frames = 1, .image_size = 32, .random_crop = false}, "", 0);
  // The short side becomes 38 pixels, the long one 76, of which the first 22 are cut off.
  const TrainingSample sample = reader.read(0, stream(0), {});
  EXPECT_EQ(sample.clip.pixels[0], 2 * static_cast<int>(22.5 * 96 / 76));
  EXPECT_TRUE(same(sample, reader.read(0, stream(1), {})));
}

// By the clip preprocessing the short side becomes R itself, and the whole of it is seen.
TEST(ClipReader, ResizesAsThePreprocessingDoesWithAndWithoutACache) {
  const TrainingFolder folder(0);
  write_ramp(folder / "ramp.png");
  const auto corpus = open_corpus(write_table(folder, "ramp.png,a still,,\n"));
  ClipForm form = {.num_frames = 1, .image_size = 32, .random_crop = false};
  const ClipReader eval(corpus, form, folder / "cache", 1 << 20);
  const TrainingSample before = eval.read(0, stream(0), {});
  for (const auto& [preprocess, first_grey] : {std::pair(Preprocess::kClip, 2 * 24), {Preprocess::kTvtsv2Extract, 2}}) {
    form.preprocess = preprocess;
    const ClipReader plain(corpus, form, "", 0), cached(corpus, form, folder / "cache", 1 << 20);
    EXPECT_NEAR(plain.read(0, stream(0), {}).clip.pixels[0], first_grey, 2) << to_string(preprocess);
    EXPECT_TRUE(same(plain.read(0, stream(0), {}), cached.read(0, stream(0), {}))) << to_string(preprocess);
    EXPECT_TRUE(same(plain.read(0, stream(0), {}), cached.read(0, stream(0), {}))) << to_string(preprocess);
  }
  EXPECT_TRUE(same(before, eval.read(0, stream(0), {})));
}

// A narrated video of 2 s with a word in each tenth of a second.
CorpusOptions write_narrated(const TrainingFolder& folder, const std::string& duration) {
  std::filesystem::create_directories(folder / "data");
  std::filesystem::copy_file(folder / "clip0.mp4", folder / "data/v.mp4");
  std::string words;
  for (int i = 0; i < 300; ++i) {
    words += (i == 0 ? "" : ",") + std::string("{\"word\":\"w") + std::to_string(i) +
             "\",\"time\":" + std::to_string(i) + "e-1}";
  }
  folder.folder().add("annotations/v.json",
                      "{\"subtitles\":[" + words + "],\"denoised\":[],\"info\":{\"duration\":" + duration + "}}");
  auto options = folder.table();
  options.form = "yt-temporal";
  options.list = folder.folder().add("list.tsv", "Name\ndata/v.mp4\n");
  options.segments = 4;
  return options;
}

TEST(ClipReader, GivesTheTextsOfTheSegmentsThatItsFramesAreFrom) {
  const TrainingFolder folder(1, {.frames = 25, .frames_per_second = 1});
  const ClipReader reader(open_corpus(write_narrated(folder, "25")), {.num_frames = 8, .image_size = 32}, "", 0);
  for (int i = 0; i < 20; ++i) {
    const TrainingSample sample = reader.read(0, stream(i), {});
    ASSERT_EQ(sample.texts.size(), 4U);
    const auto frames = frames_of(sample);
    const int first_word = std::stoi(sample.texts[0].substr(1)), last_begin = std::stoi(sample.texts[3].substr(1));
    EXPECT_NEAR(static_cast<double>(frames[0]), first_word / 10.0, 2.1);
    EXPECT_GT(static_cast<double>(frames[7]), last_begin / 10.0 - 2.1);
  }
}

TEST(ClipReader, WithTheCacheGivesTheSameClips) {
  const TrainingFolder folder(2, {.frames = 24, .frames_per_second = 1});
  const TrainingFolder part(1);
  for (const auto& corpus : {open_corpus(folder.table()), open_corpus(write_narrated(folder, "24")),
                             open_corpus(write_table(part, "clip0.mp4,part,0.5,1.3\n"))}) {
    const ClipReader plain(corpus, kForm, "", 0), cached(corpus, kForm, folder / "cache", 1 << 20);
    for (int i = 0; i < 10; ++i) {
      EXPECT_TRUE(same(plain.read(0, stream(i), {}), cached.read(0, stream(i), {}))) << i;
    }
  }
}

TEST(ClipReader, WithTheCacheReadsNoVideoTwice) {
  const TrainingFolder folder(1);
  const ClipReader reader(open_corpus(folder.table()), kForm, folder / "cache", 1 << 20);
  const TrainingSample first = reader.read(0, stream(0), {});
  // Another content of the same size and time is not looked at.
  const auto time = std::filesystem::last_write_time(folder / "clip0.mp4");
  const auto size = std::filesystem::file_size(folder / "clip0.mp4");
  folder.folder().add("clip0.mp4", std::string(size, 'x'));
  std::filesystem::last_write_time(folder / "clip0.mp4", time);
  EXPECT_TRUE(same(reader.read(0, stream(0), {}), first));
  std::filesystem::last_write_time(folder / "clip0.mp4", time + std::chrono::seconds(1));
  EXPECT_THROW(reader.read(0, stream(0), {}), Error);
}

TEST(ClipReader, MakesADamagedCacheFileAgain) {
  const TrainingFolder folder(1);
  const ClipReader reader(open_corpus(folder.table()), kForm, folder / "cache", 1 << 20);
  const TrainingSample first = reader.read(0, stream(0), {});
  std::string cache_file;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "cache")) cache_file = entry.path();
  const std::string whole = test::read_text(cache_file);
  std::ofstream(cache_file, std::ios::binary) << whole.substr(0, whole.size() - 40000) + std::string(40000, 'x');
  EXPECT_TRUE(same(reader.read(0, stream(0), {}), first));
  EXPECT_EQ(test::read_text(cache_file), whole);
}

TEST(ClipReader, KeepsNoVideoThatIsTooLarge) {
  const TrainingFolder folder(1);
  const auto corpus = open_corpus(folder.table());
  const ClipReader plain(corpus, kForm, "", 0), cached(corpus, kForm, folder / "cache", 1000);
  EXPECT_TRUE(same(plain.read(0, stream(0), {}), cached.read(0, stream(0), {})));
  EXPECT_TRUE(same(plain.read(0, stream(1), {}), cached.read(0, stream(1), {})));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "cache")) {
    EXPECT_TRUE(!entry.is_regular_file() || entry.file_size() < 1000);
  }
}

TEST(ClipReader, ACacheThatCannotBeWrittenIsAWarningOnce) {
  const TrainingFolder folder(2);
  const auto corpus = open_corpus(folder.table());
  const ClipReader reader(corpus, kForm, folder / "cache", 1 << 20);
  std::filesystem::remove_all(folder / "cache");
  folder.folder().add("cache", "a file where a folder was");
  std::string warning;
  reader.read(0, stream(0), {}, &warning);
  EXPECT_NE(warning.find("the cache takes no more frames"), std::string::npos);
  std::string second;
  reader.read(1, stream(0), {}, &second);
  EXPECT_EQ(second, "");
}

TEST(ClipReader, ReadsMembersOfShardsAsItReadsFiles) {
  const TrainingFolder folder(1);
  const std::string video = test::read_text(folder / "clip0.mp4");
  folder.folder().add("0.tar", test::make_tar({{"z.txt", "none"}, {"clip0.mp4", video}, {"clip0.txt", "caption 0"}}));
  const ClipReader files(open_corpus(folder.table()), kForm, "", 0);
  const auto shards = open_corpus({.name = "test", .form = "shards", .list = folder / "0.tar"});
  const ClipReader plain(shards, kForm, "", 0), cached(shards, kForm, folder / "cache", 1 << 20);
  for (int i = 0; i < 3; ++i) {
    const TrainingSample expected = files.read(0, stream(i), {});
    EXPECT_EQ(plain.read(0, stream(i), {}).clip.pixels, expected.clip.pixels);
    EXPECT_EQ(cached.read(0, stream(i), {}).clip.pixels, expected.clip.pixels);
    EXPECT_EQ(plain.read(0, stream(i), {}).texts, expected.texts);
  }
}

TEST(ClipReader, WithoutAStatedDurationTakesThatOfTheVideo) {
  const TrainingFolder folder(1, {.frames = 25, .frames_per_second = 1});
  const std::string video = test::read_text(folder / "clip0.mp4");
  folder.folder().add("0.tar",
                      test::make_tar({{"v.mp4", video}, {"v.srt", "1\n00:00:24,000 --> 00:00:25,000\nlate\n"}}));
  const auto corpus = open_corpus({.name = "s", .form = "shards", .list = folder / "0.tar", .segments = 2});
  const ClipReader reader(corpus, kForm, "", 0);
  std::set<int64_t> seen;
  for (int i = 0; i < 50; ++i) {
    for (const int64_t frame : frames_of(reader.read(0, stream(i), {}))) seen.insert(frame);
  }
  EXPECT_GT(seen.size(), 15U);
}

}  // namespace
}  // namespace tvts

#include "tvts/train/corpora/corpus.h"

#include <gtest/gtest.h>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::TemporaryFolder;

std::string error_of(const CorpusOptions& options) {
  try {
    open_corpus(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "(none)";
}

CorpusOptions list(const TemporaryFolder& folder, const std::string& form, const std::string& text) {
  const std::string name = form == "table" ? "list.csv" : "list.tsv";
  return {.name = "c", .form = form, .list = folder.add(name, text), .root = "videos"};
}

TEST(YtTemporal, FindsVideosAndAnnotations) {
  const TemporaryFolder folder;
  auto options = list(folder, "yt-temporal", "Id\tName\r\n1\tsubset_87/data/x y.mp4\r\n");
  options.root = folder.path();
  options.segments = 4;
  folder.add("subset_87/annotations/x y.json",
             R"({"subtitles": [{"word": "hi", "time": 1}], "denoised": [], "info": {"duration": 20}})");
  const auto corpus = open_corpus(options);
  ASSERT_EQ(corpus->size(), 1);
  EXPECT_EQ(corpus->key(0), "subset_87/data/x y.mp4");
  EXPECT_EQ(corpus->video(0).path, folder.path() + "/subset_87/data/x y.mp4");
  const SampleText text = corpus->text(0);
  ASSERT_TRUE(text.transcript);
  EXPECT_EQ(text.transcript->words[0].text, "hi");
}

TEST(YtTemporal, SaysWhichLineHasNoSuchName) {
  const TemporaryFolder folder;
  const auto options = list(folder, "yt-temporal", "Name\nsubset/data/a.mp4\nb.mp4\n");
  EXPECT_EQ(error_of(options),
            folder.path() + "/list.tsv:3: found \"b.mp4\", expected a name of the form FOLDER/data/ID.mp4");
}

TEST(YtTemporal, AMissingAnnotationIsAnErrorOfItsSample) {
  const TemporaryFolder folder;
  const auto corpus = open_corpus(list(folder, "yt-temporal", "Name\ndata/a.mp4\n"));
  EXPECT_THROW(corpus->text(0), Error);
}

TEST(WebVid, ReadsTheTabSeparatedForm) {
  const TemporaryFolder folder;
  const auto corpus = open_corpus(list(folder, "webvid", "caption\tpath\nA \"red\" ball, rolling\t001_050/123\n"));
  ASSERT_EQ(corpus->size(), 1);
  EXPECT_EQ(corpus->video(0).path, "videos/001_050/123.mp4");
  EXPECT_EQ(corpus->text(0).caption, "A \"red\" ball, rolling");
}

TEST(WebVid, ReadsTheOriginalCsv) {
  const TemporaryFolder folder;
  const auto corpus = open_corpus(list(folder, "webvid-csv",
                                       "videoid,contentUrl,duration,page_dir,name\n"
                                       "123,there,PT00H00M30S,001_050,\"A red ball, rolling\"\n"));
  ASSERT_EQ(corpus->size(), 1);
  EXPECT_EQ(corpus->video(0).path, "videos/001_050/123.mp4");
  EXPECT_EQ(corpus->text(0).caption, "A red ball, rolling");
}

TEST(WebVid, SaysWhichLineIsNotOfTheForm) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of(list(folder, "webvid", "a\tb/c\nonly a caption\n")),
            folder.path() + "/list.tsv:2: found 1 fields, expected two between tabs: the caption and page_dir/videoid");
}

TEST(Table, GivesPathsCaptionsAndParts) {
  const TemporaryFolder folder;
  const auto corpus = open_corpus(list(folder, "table", "path,caption,start,end\na.mp4,one,1.5,3\n/b.png,two,,\n"));
  ASSERT_EQ(corpus->size(), 2);
  EXPECT_EQ(corpus->video(0).path, "videos/a.mp4");
  EXPECT_EQ(corpus->video(0).start_seconds, 1.5);
  EXPECT_EQ(corpus->video(0).end_seconds, 3);
  EXPECT_EQ(corpus->video(1).path, "/b.png");
  EXPECT_FALSE(corpus->video(1).start_seconds);
  EXPECT_EQ(corpus->text(1).caption, "two");
}

TEST(Table, IsReadAsWindowsAndExcelWriteIt) {
  const TemporaryFolder folder;
  folder.add("videos/a/b.mp4", "x");
  auto options = list(folder, "table", "path;caption;start\r\na\\b.mp4;\"a clock; counting\";0:00:01.5\r\n");
  options.root = folder / "videos";
  const auto corpus = open_corpus(options);
  ASSERT_EQ(corpus->size(), 1);
  EXPECT_EQ(corpus->video(0).path, folder / "videos/a/b.mp4");
  EXPECT_EQ(corpus->video(0).start_seconds, 1.5);
  EXPECT_EQ(corpus->text(0).caption, "a clock; counting");
}

TEST(Table, SaysWhichRowIsNotOfTheForm) {
  const TemporaryFolder folder;
  const auto options = list(folder, "table", "path,caption,start\na.mp4,one,\nb.mp4,two,0:01\n");
  EXPECT_TRUE(error_of(options).starts_with(folder.path() + "/list.csv:3: found the start \"0:01\""))
      << error_of(options);
}

TEST(Table, WithoutAnyCaptionIsAnError) {
  const TemporaryFolder folder;
  EXPECT_NE(error_of(list(folder, "table", "path,text\na.mp4,one\n")).find("expected them in the column caption"),
            std::string::npos);
}

TEST(Shards, GiveTheSamplesOfAllShards) {
  const TemporaryFolder folder;
  folder.add("0.tar", test::make_tar({{"a.mp4", "video a"},
                                      {"a.txt", " caption a\n"},
                                      {"b.json", R"({"caption": "b"})"},
                                      {"b.jpg", "still b"},
                                      {"b.mp4", "video b"},
                                      {"lonely.txt", "no video"}}));
  folder.add("1.tar", test::make_tar({{"c.webm", "video c"}, {"c.json", "{}"}}));
  const auto corpus = open_corpus({.name = "s", .form = "shards", .list = folder / "{0..1}.tar"});
  ASSERT_EQ(corpus->size(), 3);
  EXPECT_EQ(corpus->key(1), "b");
  EXPECT_EQ(corpus->video(1).name(), folder / "0.tar/b.mp4");
  EXPECT_EQ(corpus->text(0).caption, "caption a");
  EXPECT_EQ(corpus->text(1).caption, "b");
  EXPECT_THROW(corpus->text(2), Error);
}

TEST(Shards, VideosWhoseNamesHoldDotsKeepTheirOwnTexts) {
  const TemporaryFolder folder;
  folder.add("0.tar", test::make_tar({{"v1.5_001.mp4", "one"},
                                      {"v1.5_001.txt", "first"},
                                      {"v1.5_002.mp4", "two"},
                                      {"v1.5_002.txt", "second"},
                                      {"v1.5_003.mp4", "three"}}));
  const auto corpus = open_corpus({.name = "s", .form = "shards", .list = folder / "0.tar"});
  ASSERT_EQ(corpus->size(), 3);
  EXPECT_EQ(corpus->key(1), "v1.5_002");
  EXPECT_EQ(corpus->video(1).name(), folder / "0.tar/v1.5_002.mp4");
  EXPECT_EQ(corpus->text(0).caption, "first");
  EXPECT_EQ(corpus->text(1).caption, "second");
  EXPECT_THROW(corpus->text(2), Error);
}

TEST(Shards, ReadMetadataAsPythonWritesIt) {
  const TemporaryFolder folder;
  folder.add("0.tar", test::make_tar({{"a.json", R"({"caption": "a clock", "likes": NaN, "title": "\ud83d"})"},
                                      {"a.mp4", "x"},
                                      {"b.json", R"({"caption": Infinity})"},
                                      {"b.mp4", "x"}}));
  const auto corpus = open_corpus({.name = "s", .form = "shards", .list = folder / "0.tar"});
  EXPECT_EQ(corpus->text(0).caption, "a clock");
  EXPECT_THROW(corpus->text(1), Error);
}

TEST(Shards, HoldTranscriptsInEveryForm) {
  const TemporaryFolder folder;
  folder.add("0.tar",
             test::make_tar(
                 {{"a.json", R"({"subtitles": [{"word": "hi", "time": 1}], "denoised": [], "info": {"duration": 20}})"},
                  {"a.mp4", ""},
                  {"b.en.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n"},
                  {"b.json", R"({"caption": "not this"})"},
                  {"b.mp4", ""},
                  {"c.mp4", ""},
                  {"c.whisper.json", R"({"segments": [{"start": 1, "end": 2, "text": "hi"}]})"}}));
  const auto corpus = open_corpus({.name = "s", .form = "shards", .list = folder / "0.tar", .segments = 4});
  ASSERT_EQ(corpus->size(), 3);
  for (int64_t i = 0; i < 3; ++i) {
    const SampleText text = corpus->text(i);
    ASSERT_TRUE(text.transcript) << i;
    ASSERT_EQ(text.transcript->words.size(), 1U);
    EXPECT_EQ(text.transcript->words[0].text, "hi");
    EXPECT_EQ(text.transcript->duration_seconds, i == 0 ? 20 : 0);
  }
}

TEST(OpenCorpus, RefusesWhatMakesNoSense) {
  const TemporaryFolder folder;
  EXPECT_THROW(open_corpus({.name = "c", .form = "films", .list = "x"}), Error);
  auto options = list(folder, "webvid", "a\tb/c\n");
  options.segments = 4;
  EXPECT_THROW(open_corpus(options), Error);
  EXPECT_THROW(open_corpus(list(folder, "table", "path,caption\n")), Error);
  EXPECT_THROW(open_corpus({.name = "c", .form = "webvid", .list = folder / "missing.tsv"}), Error);
}

}  // namespace
}  // namespace tvts

// Damaged annotations, subtitles and tar files: an error or a value, never a crash. Meant for the sanitizers.
#include <gtest/gtest.h>

#include <functional>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/subtitles.h"
#include "tvts/train/corpora/tar_index.h"

namespace tvts {
namespace {

std::string damaged(std::string text, RandomStream& random) {
  using namespace std::string_view_literals;
  constexpr std::string_view kOdd = "\0\xff\"<>{}[]:.,-0919\n\r&;\x80"sv;
  for (std::uint64_t changes = 1 + random.below(8); changes > 0; --changes) {
    if (text.empty()) return text;
    const std::size_t position = random.below(text.size());
    switch (random.below(4)) {
      case 0: text[position] = kOdd[random.below(kOdd.size())]; break;
      case 1: text.erase(position, random.below(20)); break;
      case 2: text.insert(position, text.substr(random.below(text.size()), random.below(40))); break;
      default: text[position] = static_cast<char>(random.below(256)); break;
    }
  }
  return text;
}

// Calls read with 2000 damaged forms; whatever it throws is an Error.
void expect_errors_only(const std::string& text, const std::function<void(const std::string&)>& read) {
  int whole = 0;
  for (int i = 0; i < 2000; ++i) {
    RandomStream random(1, std::to_string(i));
    try {
      read(damaged(text, random));
      ++whole;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
    }
  }
  EXPECT_GT(whole, 0);
}

TEST(HostileText, AnnotationsGiveErrorsOnly) {
  expect_errors_only(R"({"subtitles": [{"word": "hello", "time": 1.5}, {"word": "wurld", "time": 3e0}],
                         "denoised": [{"cleanasr": "Hello, world! Caf\u00e9"}], "info": {"duration": 9.5}})",
                     [](const std::string& text) { aligned_transcript(parse_annotation(text, "a.json")); });
}

TEST(HostileText, SubtitlesGiveErrorsOnly) {
  expect_errors_only(
      "WEBVTT\n\n00:01.000 --> 00:03.000 align:start\nfirst <b>line</b> &amp; <00:02.000><c> x</c>\n\n"
      "2\n01:00:00,250 --> 01:00:01,250\n{\\an8}later\n",
      [](const std::string& text) { annotation_of(read_transcript(text, "a.vtt")); });
}

TEST(HostileText, WhisperFilesGiveErrorsOnly) {
  expect_errors_only(R"({"segments": [{"start": 1, "end": 3, "text": " hi you",
                         "words": [{"word": " hi", "start": 1.25, "end": 2}, {"word": " you", "start": 2.5}]}]})",
                     [](const std::string& text) { annotation_of(read_transcript(text, "a.json")); });
}

TEST(HostileText, TarFilesGiveErrorsOnly) {
  for (const test::TarForm form : {test::TarForm::kPax, test::TarForm::kGnu}) {
    const std::string tar = test::make_tar({{std::string(200, 'n'), "x"}, {"b", "y"}}, form);
    const test::TemporaryFolder folder;
    expect_errors_only(tar, [&](const std::string& text) { index_tar(InputFile(folder.add("s.tar", text))); });
  }
}

TEST(HostileText, ManyOpenTagsAndLongLinesTakeLittleTime) {
  std::string text = "00:01.000 --> 00:03.000\n";
  for (int i = 0; i < 200'000; ++i) text += "<a {\\";
  EXPECT_EQ(read_subtitles(text).cues.size(), 1U);
  EXPECT_EQ(read_subtitles(std::string(1 << 20, '>')).cues.size(), 0U);
  EXPECT_EQ(read_subtitles("00:01.000 --> 00:03.000\n" + std::string(1 << 20, 'x')).cues.size(), 1U);
}

TEST(HostileText, ManyTagsInOneLineTakeTimeInProportion) {
  std::string text = "00:01.000 --> 00:03.000\n";
  for (int i = 0; i < 200'000; ++i) text += "<a>x";
  const Cues cues = read_subtitles(text);
  ASSERT_EQ(cues.cues.size(), 1U);
  EXPECT_EQ(cues.cues[0].words.size(), 200'000U);
}

TEST(HostileText, LongWordsAreNotComparedForHours) {
  Annotation annotation{.duration_seconds = 1};
  std::string spelled;
  for (int i = 0; i < 8000; ++i) {
    const std::string word = std::string(250, static_cast<char>('a' + i % 26)) + std::to_string(i);
    annotation.subtitles.push_back({static_cast<double>(i), word});
    spelled += word + "x ";
  }
  annotation.denoised.push_back(spelled);
  EXPECT_THROW(aligned_transcript(annotation), Error);
}

TEST(HostileText, DeeplyNestedJsonIsAnError) {
  EXPECT_THROW(parse_annotation(std::string(1 << 20, '['), "a.json"), Error);
}

}  // namespace
}  // namespace tvts

#include "tvts/train/corpora/subtitles.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"
#include "tvts/train/corpora/whisper.h"

namespace tvts {
namespace {

std::string text_of(const Cue& cue) {
  std::string text;
  for (const TimedWord& word : cue.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

constexpr const char* kVtt =
    "\xEF\xBB\xBFWEBVTT - a title\r\nKind: captions\r\n\r\nNOTE nothing\r\n\r\n"
    "1\r\n00:01.000 --> 00:03.000 align:start position:0%\r\nfirst <b>line</b>\r\nsecond &amp; last\r\n\r\n"
    "01:00:00.250 --> 01:00:01.250\r\nlater\r\n";

TEST(Subtitles, WebVttIsRead) {
  const Cues cues = read_subtitles(kVtt);
  EXPECT_EQ(cues.broken, 0U);
  ASSERT_EQ(cues.cues.size(), 2U);
  EXPECT_EQ(text_of(cues.cues[0]), "first line second & last");
  EXPECT_EQ(cues.cues[1].start_seconds, 3600.25);
  EXPECT_EQ(cues.cues[1].end_seconds, 3601.25);
}

TEST(Subtitles, WordsAreSpreadEvenlyOverTheirCue) {
  const Cues cues = read_subtitles("00:10.000 --> 00:14.000\na b c d\n");
  ASSERT_EQ(cues.cues.size(), 1U);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(cues.cues[0].words[k].seconds, 10 + static_cast<double>(k));
}

TEST(Subtitles, SubRipIsRead) {
  const Cues cues =
      read_subtitles("1\n00:00:01,500 --> 00:00:02,000\n{\\an8}<i>one</i>\n\n2\n00:00:03,0 --> 00:00:04,0\n{two}\n");
  ASSERT_EQ(cues.cues.size(), 2U);
  EXPECT_EQ(text_of(cues.cues[0]), "one");
  EXPECT_EQ(cues.cues[0].start_seconds, 1.5);
  EXPECT_EQ(text_of(cues.cues[1]), "{two}");
}

TEST(Subtitles, TimesInsideALineAreThoseOfItsWordsAndLinesThatRepeatAreLeftOut) {
  const Cues cues = read_subtitles(
      "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n \nso<00:00:01.500><c> we</c><00:00:02.000><c> stir</c>\n\n"
      "00:00:03.000 --> 00:00:03.010\nso we stir\n\n"
      "00:00:03.010 --> 00:00:05.000\nso we stir\nthe<00:00:04.000><c> soup</c>\n");
  const Transcript transcript = transcript_of(cues);
  std::vector<std::string> words;
  for (const TimedWord& word : transcript.words) words.push_back(word.text);
  EXPECT_EQ(words, (std::vector<std::string>{"so", "we", "stir", "the", "soup"}));
  EXPECT_EQ(transcript.words[2].seconds, 2.0);
  EXPECT_EQ(transcript.words[3].seconds, 3.01);
}

TEST(Subtitles, BrokenCuesAreCountedAndPassedOver) {
  const Cues cues = read_subtitles(
      "00:05.000 --> 00:01.000\nends before it starts\n\nxx --> yy\nno times\n\n"
      "99999999:00:00.000 --> 99999999:00:01.000\nabsurd\n\n00:01.000 -->\nno end\n\n00:01.000 --> 00:02.000\nwhole\n");
  EXPECT_EQ(cues.broken, 4U);
  ASSERT_EQ(cues.cues.size(), 1U);
  EXPECT_EQ(text_of(cues.cues[0]), "whole");
}

TEST(Subtitles, ACueWhoseEmptyLineWasForgottenEndsAtTheNextOne) {
  const Cues cues = read_subtitles("00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo\n");
  ASSERT_EQ(cues.cues.size(), 2U);
  EXPECT_EQ(text_of(cues.cues[0]), "one");
}

TEST(Whisper, WordTimesAreTaken) {
  const Cues cues = read_whisper(
      R"({"text": "hi you", "segments": [{"start": 1, "end": 3, "text": " hi you",
          "words": [{"word": " hi", "start": 1.25, "end": 2}, {"word": " you", "start": 2.5, "end": 3}]}]})",
      "w.json");
  ASSERT_EQ(cues.cues.size(), 1U);
  EXPECT_EQ(cues.cues[0].words[0].text, "hi");
  EXPECT_EQ(cues.cues[0].words[1].seconds, 2.5);
}

TEST(Whisper, WithoutWordTimesWordsAreSpreadEvenly) {
  const Cues cues = read_whisper(
      R"({"segments": [{"start": 0, "end": 4, "text": " one two"},
                       {"start": 4, "end": 6, "text": "3 four", "words": [{"word": "3"}, {"word": "four", "start": 5}]},
                       {"start": 9, "end": 8, "text": "broken"}, 7]})",
      "w.json");
  EXPECT_EQ(cues.broken, 2U);
  ASSERT_EQ(cues.cues.size(), 2U);
  EXPECT_EQ(cues.cues[0].words[1].seconds, 2);
  EXPECT_EQ(cues.cues[1].words[1].seconds, 5);
}

TEST(Transcripts, BecomeTheAnnotationForm) {
  const Annotation annotation = annotation_of(read_transcript(kVtt, "a.vtt"));
  EXPECT_EQ(annotation.duration_seconds, 3601.25);
  EXPECT_EQ(annotation.denoised, (std::vector<std::string>{"first line second & last", "later"}));
  ASSERT_EQ(annotation.subtitles.size(), 6U);
  EXPECT_EQ(annotation.subtitles[3].text, "&");  // dropped when it is read, as a word that begins so
}

TEST(Transcripts, ThatGiveNothingAreErrors) {
  EXPECT_THROW(read_transcript("WEBVTT\n\nno cue\n", "a.vtt"), Error);
  EXPECT_THROW(read_transcript("", "a.srt"), Error);
  EXPECT_THROW(read_transcript("{}", "a.json"), Error);
  EXPECT_THROW(read_transcript("{\"segments\": 1}", "a.json"), Error);
  EXPECT_THROW(read_transcript("x", "a.doc"), Error);
}

}  // namespace
}  // namespace tvts

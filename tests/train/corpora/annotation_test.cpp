#include "tvts/train/corpora/annotation.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

std::string error_of(const std::string& json) {
  try {
    parse_annotation(json, "a.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "(none)";
}

TEST(Annotation, IsReadAndAligned) {
  const Annotation annotation = parse_annotation(
      R"({"subtitles": [{"word": "hello", "time": 1.5}, {"word": "&nbsp", "time": 2}, {"word": "wurld", "time": 3}],
          "denoised": [{"cleanasr": "Hello,"}, {"cleanasr": " World! "}], "info": {"duration": 9.5, "id": "x"}})",
      "a.json");
  const Transcript transcript = aligned_transcript(annotation);
  EXPECT_EQ(transcript.duration_seconds, 9.5);
  ASSERT_EQ(transcript.words.size(), 2U);
  EXPECT_EQ(transcript.words[0].text, "Hello,");
  EXPECT_EQ(transcript.words[1].text, "World!");
  EXPECT_EQ(transcript.words[1].seconds, 3);
}

TEST(Annotation, WithoutDenoisedTextKeepsTheWordsAsHeard) {
  const Transcript transcript = aligned_transcript({.subtitles = {{1, "um"}, {2, "yes"}}, .duration_seconds = 3});
  ASSERT_EQ(transcript.words.size(), 2U);
  EXPECT_EQ(transcript.words[1].text, "yes");
}

TEST(Annotation, WrittenAndReadIsTheSame) {
  const Annotation annotation{{{0.25, "caf\u00e9"}, {1, "\"quoted\""}}, {"Caf\u00e9 \"quoted\""}, 12.5};
  const Annotation again = parse_annotation(annotation_json(annotation), "a.json");
  ASSERT_EQ(again.subtitles.size(), 2U);
  EXPECT_EQ(again.subtitles[0].text, "caf\u00e9");
  EXPECT_EQ(again.subtitles[0].seconds, 0.25);
  EXPECT_EQ(again.denoised, annotation.denoised);
  EXPECT_EQ(again.duration_seconds, 12.5);
}

TEST(Annotation, SaysWhatIsWrong) {
  EXPECT_EQ(error_of("[]"), "a.json: found a JSON array, expected a JSON object");
  EXPECT_TRUE(error_of("{").starts_with("a.json: found no JSON (line 1, column 2: ")) << error_of("{");
  EXPECT_EQ(error_of(R"({"info": {}})"), "a.json: found no \"duration\"");
  EXPECT_EQ(error_of(R"({"info": {"duration": "long"}})"),
            "a.json: found in \"duration\" a value of type string, expected number");
  EXPECT_EQ(error_of(R"({"info": {"duration": -1}})"), "a.json: found a duration of -1 s, expected 0 to 1e+07");
  EXPECT_EQ(error_of(R"({"info": {"duration": 5}, "subtitles": [7], "denoised": []})"),
            "a.json: found a number, expected an object with \"time\"");
  EXPECT_EQ(error_of(R"({"info": {"duration": 5}, "subtitles": [{"time": 1}], "denoised": []})"),
            "a.json: found no \"word\"");
}

}  // namespace
}  // namespace tvts

// Transcripts, segments and frame ranges against the published implementation's.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/golden_folder.h"
#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/frame_draw.h"
#include "tvts/train/corpora/segments.h"

namespace tvts {
namespace {

using Json = nlohmann::json;

Json golden(const std::string& name) { return Json::parse(std::ifstream(test::golden_file(name))); }

std::optional<double> start_of(const Json& row) {
  return row["start_drawn"].is_null() ? std::nullopt : std::optional(row["start_drawn"].get<double>());
}

void expect_near(const std::vector<double>& actual, const Json& expected, const std::string& what) {
  ASSERT_EQ(actual.size(), expected.size()) << what;
  for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_NEAR(actual[i], expected[i].get<double>(), 1e-9) << what;
}

// [first, last] of each interval.
Json ranges(const std::vector<FrameInterval>& intervals) {
  Json all = Json::array();
  for (const FrameInterval& interval : intervals) all.push_back({interval.begin, interval.end - 1});
  return all;
}

std::vector<std::string> texts_of(const std::vector<TimedWord>& words) {
  std::vector<std::string> texts;
  for (const TimedWord& word : words) texts.push_back(word.text);
  return texts;
}

TEST(GoldenTranscripts, WordsAreCleanedAndAlignedAsPublished) {
  TVTS_NEEDS_GOLDEN("yt_captions.json");
  for (const Json& row : golden("yt_captions.json")) {
    const Annotation annotation = parse_annotation(row["annotation"].dump(), "golden");
    const std::vector<TimedWord> cleaned = cleaned_subtitles(annotation);
    EXPECT_EQ(Json(texts_of(cleaned)), row["cleaned_words"]);
    const Transcript transcript = aligned_transcript(annotation);
    EXPECT_EQ(Json(texts_of(transcript.words)), row["aligned"]);
    for (std::size_t i = 0; i < cleaned.size(); ++i) EXPECT_EQ(transcript.words[i].seconds, row["cleaned_times"][i]);
  }
}

TEST(GoldenTranscripts, SegmentsTakeTheirWordsAsPublished) {
  TVTS_NEEDS_GOLDEN("yt_captions.json");
  for (const Json& row : golden("yt_captions.json")) {
    const Transcript transcript = aligned_transcript(parse_annotation(row["annotation"].dump(), "golden"));
    const Segments segments = place_segments(static_cast<int64_t>(transcript.duration_seconds), 4,
                                             row["segment_seconds_drawn"], start_of(row));
    expect_near(segments.starts, row["starts"], "starts");
    expect_near(segments.ends, row["ends"], "ends");
    EXPECT_EQ(Json(segment_texts(segments, transcript)), row["texts"]);
  }
}

TEST(GoldenFrames, SegmentsGiveThePublishedFrameRanges) {
  TVTS_NEEDS_GOLDEN("sampling.json");
  int compared = 0;
  const Json sampling = golden("sampling.json");
  for (const Json& row : sampling["yt_segments"]) {
    const int64_t whole_seconds = row["video_len"], frames = row["n_frames"];
    const Segments segments = place_segments(whole_seconds, 4, row["segment_seconds_drawn"], start_of(row));
    expect_near(segments.starts, row["starts"], row.dump());
    expect_near(segments.ends, row["ends"], row.dump());
    const auto drawable = drawable_frames(segment_frames(segments, whole_seconds, frames), 12);
    if (row["frame_ranges"].is_null()) continue;  // the published code fails
    EXPECT_EQ(ranges(drawable), row["frame_ranges"]) << row.dump();
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST(GoldenFrames, AVideoIsDrawnFromInThePublishedRanges) {
  TVTS_NEEDS_GOLDEN("sampling.json");
  int compared = 0;
  const Json sampling = golden("sampling.json");
  for (const Json& row : sampling["random_in_interval"]) {
    if (row.contains("error")) continue;
    EXPECT_EQ(ranges(drawable_frames({0, row["n"]}, row["t"])), row["ranges"]) << row["n"];
    ++compared;
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
}  // namespace tvts

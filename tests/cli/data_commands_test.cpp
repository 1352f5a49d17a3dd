// tvts data check and tvts data transcripts, as processes.
#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

class DataCommands : public CliTest {
 protected:
  // A table of one video, and whatever rows are given.
  std::vector<std::string> check(const std::string& rows) {
    folder_.add("videos/note.mp4", "no video");
    const std::string list =
        folder_.add("list.csv", "path,caption\n" + shared("videos/circle.mp4") + ",a circle\n" + rows);
    return {"data", "check", "--form", "table", "--list", list, "--root", folder_ / "videos"};
  }
};

TEST_F(DataCommands, CheckOfAWholeDataSetExitsWithZero) {
  const Outcome outcome = run_tvts(check(""));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "total\tsamples\t1\ntotal\tmissing\t0\ntotal\tannotation\t0\ntotal\tvideo\t0\n");
}

TEST_F(DataCommands, CheckListsWhatIsMissingAndExitsWithThree) {
  const Outcome outcome = run_tvts(check("absent.mp4,nothing\n"));
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(columns_of(lines_of(outcome.out)[0]),
            (std::vector<std::string>{"missing", "absent.mp4",
                                      (folder_ / "videos/absent.mp4") + ": No such file or directory"}));
}

TEST_F(DataCommands, CheckFindsUnreadableVideosOnlyWhenItDecodes) {
  auto arguments = check("note.mp4,no video\n");
  EXPECT_EQ(run_tvts(arguments).exit_code, 0);
  arguments.insert(arguments.end(), {"--decode", "--json"});
  const Outcome outcome = run_tvts(arguments);
  EXPECT_EQ(outcome.exit_code, 3);
  const auto lines = json_lines(outcome.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["problem"], "video");
  EXPECT_EQ(lines[0]["key"], "note.mp4");
  EXPECT_EQ(lines[1], nlohmann::json::parse(R"({"samples": 2, "missing": 0, "annotation": 0, "video": 1})"));
}

TEST_F(DataCommands, CheckOfAListThatCannotBeReadExitsWithFour) {
  EXPECT_EQ(run_tvts({"data", "check", "--form", "webvid", "--list", folder_ / "absent.tsv"}).exit_code, 4);
  EXPECT_EQ(run_tvts({"data", "check", "--form", "films", "--list", "x"}).exit_code, 2);
}

TEST_F(DataCommands, TranscriptsBecomeAnnotationsThatCheckAccepts) {
  const std::string vtt = folder_.add("circle.en.vtt", "WEBVTT\n\n00:00.100 --> 00:00.900\na circle moves\n");
  std::filesystem::create_directories(folder_ / "set/data");
  std::filesystem::copy_file(shared("videos/circle.mp4"), folder_ / "set/data/circle.mp4");
  const Outcome outcome =
      run_tvts({"data", "transcripts", vtt, "--output", folder_ / "set/annotations", "--videos", folder_ / "set/data"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto annotation = nlohmann::json::parse(read_text(folder_ / "set/annotations/circle.json"));
  EXPECT_EQ(annotation["subtitles"].size(), 3U);
  EXPECT_EQ(annotation["denoised"][0]["cleanasr"], "a circle moves");
  EXPECT_GT(annotation["info"]["duration"], 1.0);  // the video's, not that of the last words
  const std::string list = folder_.add("list.tsv", "Name\nset/data/circle.mp4\n");
  EXPECT_EQ(run_tvts({"data", "check", "--form", "yt-temporal", "--list", list, "--root", folder_.path()}).exit_code,
            0);
}

TEST_F(DataCommands, ABrokenTranscriptAmongOthersExitsWithThree) {
  const std::string good = folder_.add("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello\n");
  const std::string bad = folder_.add("b.srt", "nothing");
  const Outcome outcome = run_tvts({"data", "transcripts", good, bad, "--output", folder_ / "out"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("b.srt"), std::string::npos);
  EXPECT_EQ(columns_of(lines_of(outcome.out)[0])[0], folder_ / "out/a.json");
}

TEST_F(DataCommands, TranscriptsOfOneNameAreAMistake) {
  EXPECT_EQ(run_tvts({"data", "transcripts", "x/a.srt", "y/a.vtt", "--output", folder_ / "out"}).exit_code, 2);
}

}  // namespace
}  // namespace tvts::test

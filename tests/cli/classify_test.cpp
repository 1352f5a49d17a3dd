// tvts classify.
#include <algorithm>
#include <cmath>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

class ClassifyCommand : public CliTest {
 protected:
  Outcome classify(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"classify", "--pretrained", shared("model.safetensors")};
    if (std::ranges::count(more, "--labels") == 0) more.insert(more.end(), {"--labels", shared("labels.txt")});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }
};

TEST_F(ClassifyCommand, ProbabilitiesAreTheSoftmaxOfScoresOverTheTemperature) {
  const Outcome outcome = classify({shared("videos/circle.mp4"), "-k", "6", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto lines = json_lines(outcome.out);
  ASSERT_EQ(lines.size(), 6U);
  double sum = 0;
  for (const auto& line : lines) sum += std::exp(line.at("score").get<double>() / 0.05);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].at("rank"), i + 1);
    EXPECT_NEAR(lines[i].at("probability").get<double>(), std::exp(lines[i].at("score").get<double>() / 0.05) / sum,
                1e-9);
    EXPECT_GE(lines[i == 0 ? 0 : i - 1].at("score"), lines[i].at("score"));
  }
}

TEST_F(ClassifyCommand, ColumnsArePathRankLabelScoreProbabilityStartEnd) {
  const Outcome outcome = classify({shared("videos"), "-k", "1"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  ASSERT_EQ(lines_of(outcome.out).size(), 3U);
  const auto columns = columns_of(lines_of(outcome.out)[0]);
  ASSERT_EQ(columns.size(), 7U);
  EXPECT_EQ(columns[0], shared("videos/circle.mp4"));
  EXPECT_EQ(columns[1], "1");
}

TEST_F(ClassifyCommand, ATemplateChangesTheScores) {
  const auto plain = json_lines(classify({shared("videos/circle.mp4"), "-k", "1", "--json"}).out);
  const auto filled =
      json_lines(classify({shared("videos/circle.mp4"), "-k", "1", "--json", "--template", "a person {}"}).out);
  EXPECT_NE(plain[0].at("score"), filled[0].at("score"));
}

TEST_F(ClassifyCommand, ATemplateWithoutAPlaceForTheLabelIsAMistake) {
  EXPECT_EQ(classify({shared("videos/circle.mp4"), "--template", "a person"}).exit_code, 2);
}

TEST_F(ClassifyCommand, OptionsMayStandBeforeTheVideos) {
  const Outcome outcome = classify({"--template", "a person {}", shared("videos/circle.mp4"), "-k", "1"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(lines_of(outcome.out).size(), 1U);
}

TEST_F(ClassifyCommand, AKOfNothingIsAMistake) {
  for (const char* k : {"0", "-1", "two"}) {
    EXPECT_EQ(classify({shared("videos/circle.mp4"), "-k", k}).exit_code, 2) << k;
  }
}

TEST_F(ClassifyCommand, GoesOnPastAVideoThatCannotBeRead) {
  write_text(folder_ / "broken.mp4", "no video");
  const Outcome outcome = classify({folder_ / "broken.mp4", shared("videos/circle.mp4"), "-k", "1"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(lines_of(outcome.out).size(), 1U);
}

TEST_F(ClassifyCommand, LabelsMayBeNumberedAndAreSaidSo) {
  write_text(folder_ / "numbered.txt", "1 dog\n2 run\n");
  const Outcome outcome =
      classify({shared("videos/circle.mp4"), "-k", "2", "--json", "--labels", folder_ / "numbered.txt"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const auto& line : json_lines(outcome.out)) EXPECT_EQ(line.at("label").get<std::string>().size(), 3U) << line;
  EXPECT_NE(outcome.err.find("numbers of the classes"), std::string::npos) << outcome.err;
}

TEST_F(ClassifyCommand, LabelsThatAreAVideoAreRefused) {
  const Outcome outcome = classify({shared("videos/circle.mp4"), "--labels", shared("videos/circle.mp4")});
  EXPECT_EQ(outcome.exit_code, 4) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  EXPECT_NE(outcome.err.find("circle.mp4 is no text: found the byte 0"), std::string::npos) << outcome.err;
}

TEST_F(ClassifyCommand, LabelsThatAreCutAreWarnedOf) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "dog ";
  const Outcome outcome = classify({shared("videos/circle.mp4"), "--labels", folder_.add("l.txt", "cat\n" + words)});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("1 of 2 texts are longer than the "), std::string::npos) << outcome.err;
}

TEST_F(ClassifyCommand, LabelsThatAreNotUtf8GiveJsonAllTheSame) {
  write_text(folder_ / "latin1.txt", "caf\xE9\nbar\n");
  const Outcome outcome = classify({shared("videos/circle.mp4"), "--json", "--labels", folder_ / "latin1.txt"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(json_lines(outcome.out).size(), 2U);
}

}  // namespace
}  // namespace tvts::test

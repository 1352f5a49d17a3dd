// tvts probe.
#include <filesystem>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

class ProbeCommand : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    for (int video = 0; video < 6; ++video) draw_video(shared(name_of(video)), video % 2, 8 + video);
  }
  static std::string name_of(int video) { return "clip" + std::to_string(video) + ".mp4"; }

  // Videos of two shapes: 0 to 3 to learn from, 4 and 5 to test.
  void SetUp() override {
    write_text(folder_ / "train.csv", table({0, 1, 2, 3}));
    write_text(folder_ / "test.csv", table({4, 5}));
  }
  static std::string table(const std::vector<int>& videos) {
    std::string text = "path,label\n";
    for (const int video : videos) text += shared(name_of(video)) + (video % 2 == 0 ? ",circle\n" : ",fade\n");
    return text;
  }

  Outcome probe(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"probe", "--output", folder_ / "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }
  Outcome probe_videos(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--train", folder_ / "train.csv", "--test", folder_ / "test.csv", "--pretrained",
                             shared("model.safetensors"), "--method", "least-squares", "--standardize"});
    return probe(more);
  }
  nlohmann::json results() { return json_lines_of_file("out/probe.json"); }
  nlohmann::json json_lines_of_file(const std::string& name) {
    return nlohmann::json::parse(read_text(folder_ / name));
  }
};

TEST_F(ProbeCommand, FromVideosToResultsAndWithoutEmbeddingTwice) {
  const Outcome first = probe_videos();
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(results()["results"]["top1"], 100);
  EXPECT_EQ(results()["train"]["store"]["normalize"], false);
  EXPECT_EQ(json_lines(read_text(folder_ / "out/predictions.jsonl")).size(), 2U);
  EXPECT_NE(first.out.find("top-1"), std::string::npos);
  const std::string weights = read_text(folder_ / "out/probe.safetensors");
  const Outcome second = probe_videos();
  EXPECT_NE(second.err.find("0 to embed, 4 stored already"), std::string::npos) << second.err;
  EXPECT_EQ(read_text(folder_ / "out/probe.safetensors"), weights);
}

TEST_F(ProbeCommand, FromStoresAndFromArraysGivesTheSame) {
  ASSERT_EQ(probe_videos().exit_code, 0);
  const std::string top1 = results()["results"].dump();
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"probe", "--method", "least-squares", "--standardize"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_tvts(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  };
  with({"--train", folder_ / "out/train", "--test", folder_ / "out/test", "--output", folder_ / "stores"});
  EXPECT_EQ(json_lines_of_file("stores/probe.json")["results"].dump(), top1);
  const auto array = [&](const std::string& split) {
    return folder_ / ("out/" + split + "/video_emb/video_emb_00000.npy");
  };
  write_text(folder_ / "train.txt", "circle\nfade\ncircle\nfade\n");
  write_text(folder_ / "test.txt", "circle\nfade\n");
  with({"--train", array("train"), "--train-labels", folder_ / "train.txt", "--test", array("test"), "--test-labels",
        folder_ / "test.txt", "--output", folder_ / "arrays"});
  EXPECT_EQ(json_lines_of_file("arrays/probe.json")["results"].dump(), top1);
}

TEST_F(ProbeCommand, AVideoThatCannotBeReadIsMissingAndExitsWithThree) {
  write_text(folder_ / "broken.mp4", "no video");
  write_text(folder_ / "train.csv", table({0, 1, 2}) + std::string(folder_ / "broken.mp4") + ",fade\n");
  const Outcome outcome = probe_videos();
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_EQ(results()["train"]["missing"].size(), 1U);
}

TEST_F(ProbeCommand, SeveralLabelsOfAVideoExitWithFourBeforeAnythingIsEmbedded) {
  write_text(folder_ / "train.csv", table({0, 1}) + shared(name_of(0)) + ",fade\n");
  const Outcome outcome = probe_videos();
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("several labels"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/train"));
}

TEST_F(ProbeCommand, ABenchmarksOwnListsAreTrainedAndTestedOn) {
  make_world(folder_ / "world",
             "--narrated 0 --alt 0 --stills 0 --val 0 --test 1 --twins 1 --test-actions 2 --size 48");
  std::filesystem::remove(folder_ / "world/eval/hmdb51/videos/growing/growing_0000.avi");
  const Outcome outcome = probe({"hmdb51", "--data", folder_ / "world/eval/hmdb51", "--method", "lbfgs"});
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_EQ(results()["classes"].size(), 12U);
}

TEST_F(ProbeCommand, WhatIsNotThereIsNamed) {
  const auto error_of = [&](std::vector<std::string> more) {
    const Outcome outcome = probe(std::move(more));
    EXPECT_EQ(outcome.exit_code, 4) << outcome.err;
    return outcome.err;
  };
  EXPECT_NE(error_of({"--train", folder_ / "none", "--test", folder_ / "test.csv", "--train-labels", "x.txt"})
                .find("none: no such file"),
            std::string::npos);
  ASSERT_EQ(probe_videos().exit_code, 0);
  EXPECT_NE(error_of({"--train", folder_ / "out/train", "--test", folder_ / "out/test", "--train-labels", "x.csv"})
                .find("x.csv: no such file"),
            std::string::npos);
}

TEST_F(ProbeCommand, AnotherMethodLeavesNoWeightsOfTheOneBefore) {
  ASSERT_EQ(probe_videos().exit_code, 0);
  ASSERT_TRUE(std::filesystem::exists(folder_ / "out/probe.safetensors"));
  ASSERT_EQ(probe({"--train", folder_ / "out/train", "--test", folder_ / "out/test", "--method", "knn"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/probe.safetensors"));
}

TEST_F(ProbeCommand, SaysThatItHasDiverged) {
  std::filesystem::copy_file(shared(name_of(0)),
                             folder_ / "twin.mp4");  // which no weights can distinguish from the first
  write_text(folder_ / "train.csv", table({0, 1, 2, 3}) + std::string(folder_ / "twin.mp4") + ",fade\n");
  const Outcome outcome = probe({"--train", folder_ / "train.csv", "--test", folder_ / "test.csv", "--pretrained",
                                 shared("model.safetensors"), "--learning-rate", "1e20"});
  EXPECT_NE(outcome.err.find("diverged"), std::string::npos) << outcome.err;
}

TEST_F(ProbeCommand, ABenchmarkAndListsDoNotGoTogether) {
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{},
                                             {"--train", "a.csv"},
                                             {"hmdb51"},
                                             {"hmdb51", "--data", "x", "--train", "a.csv"},
                                             {"msrvtt", "--data", "x"}}) {
    EXPECT_EQ(probe(wrong).exit_code, 2);
  }
}

TEST_F(ProbeCommand, OptionsOutOfRangeAreMistakesOfUse) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"--method", "svm"}, {"--epochs", "0"}, {"--momentum", "1"}, {"--l2", "-1"}, {"-k", "0"}}) {
    std::vector<std::string> more = {"--train", folder_ / "train.csv", "--test", folder_ / "test.csv"};
    more.insert(more.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(probe(more).exit_code, 2) << wrong[0];
  }
}

}  // namespace
}  // namespace tvts::test

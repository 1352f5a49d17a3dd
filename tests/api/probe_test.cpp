// Probing through the library against what `tvts probe` writes.
#include "tvts/api/probe.h"

#include <filesystem>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class ApiProbe : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    for (int video = 0; video < 6; ++video) draw_video(shared(name_of(video)), video % 2, 8 + video);
  }
  static std::string name_of(int video) { return "clip" + std::to_string(video) + ".mp4"; }

  // Videos of two shapes: 0 to 3 to learn from, 4 and 5 to test.
  void SetUp() override {
    folder_.add("train.csv", table({0, 1, 2, 3}));
    folder_.add("test.csv", table({4, 5}));
  }
  static std::string table(const std::vector<int>& videos) {
    std::string text = "path,label\n";
    for (const int video : videos) text += shared(name_of(video)) + (video % 2 == 0 ? ",circle\n" : ",fade\n");
    return text;
  }

  api::ProbeRequest request() const {
    return {.train = folder_ / "train.csv",
            .test = folder_ / "test.csv",
            .output = folder_ / "out",
            .probe = {.method = "lbfgs", .standardize = true},
            .model = {.file = shared("model.safetensors")}};
  }
  std::string file(const std::string& name) const { return read_text(folder_ / ("out/" + name)); }
};

TEST_F(ApiProbe, WritesTheCommandsFiles) {
  api::probe(request());
  std::vector<std::string> names = {"probe.json", "probe.html", "predictions.jsonl", "probe.safetensors"};
  std::vector<std::string> by_library;
  for (const std::string& name : names) by_library.push_back(file(name));
  fs::remove_all(folder_ / "out");
  const Outcome command =
      run_tvts({"probe", "--train", folder_ / "train.csv", "--test", folder_ / "test.csv", "--output", folder_ / "out",
                "--method", "lbfgs", "--standardize", "--pretrained", shared("model.safetensors")});
  ASSERT_EQ(command.exit_code, 0) << command.err;
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_FALSE(by_library[i].empty()) << names[i];
    EXPECT_EQ(by_library[i], file(names[i])) << names[i];
  }
}

TEST_F(ApiProbe, GivesWhatTheFilesHold) {
  const api::ProbeResult found = api::probe(request());
  const auto json = nlohmann::json::parse(file("probe.json"));
  EXPECT_EQ(found.top1, json["results"]["top1"]);
  EXPECT_EQ(found.top1_interval.low, json["results"]["top1_low"]);
  EXPECT_EQ(found.losses, json["losses"].get<std::vector<double>>());
  EXPECT_EQ(found.classes, (std::vector<std::string>{"circle", "fade"}));
  const auto lines = json_lines(file("predictions.jsonl"));
  ASSERT_EQ(found.predictions.size(), lines.size());
  std::uint64_t on_diagonal = found.confusion.at(0) + found.confusion.at(3), right = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(found.predictions[i].path, lines[i]["path"]);
    EXPECT_EQ(found.predictions[i].credit, lines[i]["credit"]);
    right += found.predictions[i].credit == 1 ? 1 : 0;
  }
  EXPECT_EQ(on_diagonal, right);
}

TEST_F(ApiProbe, StoresThatAreThereAreNotEmbeddedAgain) {
  const api::ProbeResult of_videos = api::probe(request());
  api::ProbeRequest asked = request();
  asked.train = folder_ / "out/train";
  asked.test = folder_ / "out/test";
  asked.output = folder_ / "other";
  asked.model.file = "absent.pt";
  EXPECT_EQ(api::probe(asked).losses, of_videos.losses);
}

TEST_F(ApiProbe, AVideoThatCannotBeReadIsMissing) {
  folder_.add("train.csv", table({0, 1, 2}) + folder_.add("broken.mp4", "no video") + ",fade\n");
  const api::ProbeResult found = api::probe(request());
  ASSERT_EQ(found.missing_train.size(), 1U);
  EXPECT_TRUE(found.missing_train[0].ends_with("broken.mp4"));
}

TEST_F(ApiProbe, AStopEndsTheTraining) {
  std::stop_source stop;
  bool trains = false;
  const api::Run run = {.stop = stop.get_token(),
                        .on_progress =
                            [&](auto...) {
                              if (trains) stop.request_stop();
                            },
                        .on_stage = [&](const std::string& unit) { trains = unit != "videos"; }};
  try {
    api::probe(request(), run);
    FAIL() << "it went on to its end";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted) << error.what();
  }
  EXPECT_FALSE(fs::exists(folder_ / "out/probe.json"));
}

TEST_F(ApiProbe, RequestsThatMakeNoSenseAreErrorsOfUsage) {
  const auto kind_of = [&](auto change) {
    api::ProbeRequest asked = request();
    change(asked);
    try {
      api::probe(asked);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kFailed;
  };
  EXPECT_EQ(kind_of([](auto& asked) { asked.probe.method = "svm"; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.test.clear(); }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.benchmark = "hmdb51"; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked = {.benchmark = "msrvtt", .data = "x", .output = "x"}; }),
            ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.train = "absent"; }), ErrorKind::kInput);
}

}  // namespace
}  // namespace tvts::test

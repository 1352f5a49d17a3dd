// tvts eval world, as a process, on a world of a few clips.
#include <filesystem>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

class EvalWorld : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    const Outcome world = make_world(
        shared("world"),
        "--size 32 --narrated 0 --alt 0 --stills 0 --val 0 --test 5 --twins 1 --test-narrated 0 --test-actions 1");
    ASSERT_EQ(world.exit_code, 0) << world.err;
  }

  static Outcome eval_world(const std::string& data, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"eval", "world", "--data", data, "--pretrained", shared("model.safetensors")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }
};

TEST_F(EvalWorld, PrintsTablesAndWritesAPage) {
  const Outcome outcome = eval_world(shared("world"), {"--html", folder_ / "page.html", "--output", folder_ / "out"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const char* part :
       {"R@1, query captions", "twins that differ in order", "kind of motion", "Gain of the model"}) {
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(read_text(folder_ / "page.html"), read_text(folder_ / "out/world.html"));
  EXPECT_EQ(json_lines(read_text(folder_ / "out/world.json"))[0]["format"], "tvts-world-results");
}

TEST_F(EvalWorld, PrintsEveryItemAsJsonBesideABaseline) {
  const Outcome outcome = eval_world(shared("world"), {"--json", "--baseline", shared("model.safetensors")});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto lines = json_lines(outcome.out);
  ASSERT_EQ(lines.size(), 1U);
  const auto& task = lines[0]["tasks"][0];
  EXPECT_EQ(task["items"]["model"].size(), 5U);
  EXPECT_EQ(task["items"]["mean of frames"].size(), 5U);
}

TEST_F(EvalWorld, ResultsDoNotDependOnWhereTheWorldLies) {
  std::filesystem::create_directory_symlink(shared("world"), folder_ / "moved");
  const auto shuffled = [](const Outcome& outcome) {
    std::vector<nlohmann::json> values;
    for (const auto& task : json_lines(outcome.out).at(0).at("tasks"))
      values.push_back(task["items"]["frames shuffled"]);
    return values;
  };
  EXPECT_EQ(shuffled(eval_world(shared("world"), {"--json"})), shuffled(eval_world(folder_ / "moved", {"--json"})));
}

TEST_F(EvalWorld, AFolderThatIsNoWorldExitsWithFour) {
  const Outcome outcome = eval_world(folder_.path());
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("world.json"), std::string::npos) << outcome.err;
}

TEST_F(EvalWorld, AClipThatCannotBeReadIsNamedAndExitsWithFour) {
  std::filesystem::copy(shared("world"), folder_ / "world", std::filesystem::copy_options::recursive);
  write_text(folder_ / "world/eval/msrvtt/videos/all/video7012.mp4", "no video");
  const Outcome outcome = eval_world(folder_ / "world");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("video7012.mp4"), std::string::npos) << outcome.err;
}

TEST_F(EvalWorld, AnUnknownPoolingIsAMistake) {
  EXPECT_EQ(eval_world(shared("world"), {"--pool", "max"}).exit_code, 2);
}

}  // namespace
}  // namespace tvts::test

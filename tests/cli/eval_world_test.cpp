// tvts eval world, as a process, on a world of a few clips.
#include <filesystem>
#include <map>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"

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

  std::vector<float> embedded(std::vector<std::string> what, const std::string& name) {
    what.insert(what.begin(), {"embed", "--pretrained", shared("model.safetensors"), "--precision", "fp32"});
    what.insert(what.end(), {"--output", folder_ / name});
    const Outcome outcome = run_tvts(what);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return to_float32(read_npy(folder_ / name), name);
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

// A loop over the rows that `tvts embed` writes: of clips in their own order, and of their captions.
TEST_F(EvalWorld, RanksAndSimilaritiesAreThoseOfEmbeddedFeatures) {
  const Outcome outcome = eval_world(shared("world"), {"--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::map<std::string, nlohmann::json> tasks;
  const nlohmann::json results = json_lines(outcome.out).at(0);
  for (const auto& task : results.at("tasks")) tasks[task.at("key")] = task.at("items");
  std::string captions;
  for (const auto& caption : tasks["t2v_query_mms"]["item"]) captions += caption.get<std::string>() + "\n";
  const auto texts = embedded({"--texts", folder_.add("captions.txt", captions)}, "t.npy");
  const auto videos = embedded({shared("world/eval/msrvtt/videos/all")}, "v.npy");
  const std::size_t n = 5, dim = texts.size() / n;
  ASSERT_EQ(videos.size(), texts.size());
  const auto score = [&](std::size_t text, std::size_t video) {
    double sum = 0;
    for (std::size_t i = 0; i < dim; ++i) sum += double{texts[text * dim + i]} * double{videos[video * dim + i]};
    return sum;
  };
  for (std::size_t i = 0; i < n; ++i) {
    int better = 0;
    for (std::size_t j = 0; j < n; ++j) better += score(i, j) > score(i, i) ? 1 : 0;
    EXPECT_EQ(tasks["t2v_query_rank"]["model"][i], better + 1) << i;
    EXPECT_NEAR(tasks["t2v_query_mms"]["model"][i].get<double>(), score(i, i), 1e-5) << i;
  }
}

TEST_F(EvalWorld, ResultsDoNotDependOnWhereTheWorldLies) {
  std::filesystem::create_directory_symlink(shared("world"), folder_ / "moved");
  const auto shuffled = [](const Outcome& outcome) {
    std::vector<nlohmann::json> values;
    const nlohmann::json results = json_lines(outcome.out).at(0);
    for (const auto& task : results.at("tasks")) values.push_back(task.at("items").at("frames shuffled"));
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

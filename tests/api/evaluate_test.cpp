// Evaluation through the library against what `tvts eval` writes.
#include "tvts/api/evaluate.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "tests/cli/cli_fixture.h"
#include "tests/support/error_text.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class ApiEvaluate : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    const Outcome world = make_world(
        shared("world"),
        "--size 32 --narrated 0 --alt 0 --stills 0 --val 0 --test 7 --twins 0 --test-narrated 0 --test-actions 1");
    ASSERT_EQ(world.exit_code, 0) << world.err;
  }

  api::EvaluateRequest request(std::vector<std::string> benchmarks, const std::string& output = "out") const {
    return {.benchmarks = std::move(benchmarks),
            .data = shared("world/eval"),
            .output = folder_ / output,
            .model = {.file = shared("model.safetensors")}};
  }

  std::string file(const std::string& name) const { return read_text(folder_ / name); }
};

double measure(const api::Evaluation& evaluation, const std::string& key) {
  const auto found = std::ranges::find(evaluation.measures, key, &api::Measure::key);
  if (found == evaluation.measures.end()) throw std::runtime_error("no measure " + key);
  return found->value;
}

TEST_F(ApiEvaluate, WritesTheCommandsFiles) {
  api::evaluate(request({"msrvtt", "hmdb51"}));
  const Outcome command = run_tvts({"eval", "msrvtt", "hmdb51", "--data", shared("world/eval"), "--pretrained",
                                    shared("model.safetensors"), "--output", folder_ / "command"});
  ASSERT_EQ(command.exit_code, 0) << command.err;
  for (const char* name : {"msrvtt/result.json", "msrvtt/items.jsonl", "hmdb51/result.json", "hmdb51/items.jsonl",
                           "hmdb51/confusion.png", "evaluation.html"}) {
    EXPECT_FALSE(file("out/" + std::string(name)).empty()) << name;
    EXPECT_EQ(file("out/" + std::string(name)), file("command/" + std::string(name))) << name;
  }
}

TEST_F(ApiEvaluate, GivesWhatTheFilesHold) {
  const auto found = api::evaluate(request({"msrvtt", "hmdb51"}));
  ASSERT_EQ(found.size(), 2U);
  for (const api::Evaluation& one : found) {
    const Json result = Json::parse(file("out/" + one.benchmark + "/result.json"));
    EXPECT_EQ(Json::parse(one.manifest), result["manifest"]);
    EXPECT_EQ(one.differences, result["differences"]);
    ASSERT_EQ(one.measures.size(), result["measures"].size());
    for (std::size_t i = 0; i < one.measures.size(); ++i) {
      EXPECT_EQ(one.measures[i].key, result["measures"][i]["key"]);
      EXPECT_EQ(one.measures[i].value, result["measures"][i]["value"]);
    }
    const auto items = json_lines(file("out/" + one.benchmark + "/items.jsonl"));
    ASSERT_EQ(one.items.size(), items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      EXPECT_EQ(one.items[i].video, items[i]["video"]);
      EXPECT_EQ(one.items[i].rank, items[i]["rank"]);
    }
  }
  EXPECT_EQ(found[1].classes.size(), 12U);
  EXPECT_EQ(found[1].confusion.size(), 12U * 12U);
  const api::Measure& top1 = found[1].measures.at(0);
  ASSERT_TRUE(top1.interval);
  EXPECT_LE(top1.interval->low, top1.value);
  EXPECT_GE(top1.interval->high, top1.value);
}

TEST_F(ApiEvaluate, ALoadedModelGivesTheSame) {
  const auto by_file = api::evaluate(request({"msrvtt"}));
  const auto by_model =
      api::evaluate(api::Model::load(shared("model.safetensors")), request({"msrvtt"}, "other"), {.threads = 1});
  EXPECT_EQ(measure(by_file[0], "mms"), measure(by_model[0], "mms"));
  EXPECT_EQ(file("out/msrvtt/items.jsonl"), file("other/msrvtt/items.jsonl"));
}

TEST_F(ApiEvaluate, AStopKeepsWhatIsEmbeddedAndLeavesNoResult) {
  std::stop_source stop;
  std::vector<std::string> stages;
  const api::Run run = {.stop = stop.get_token(),
                        .on_progress =
                            [&](auto...) {
                              if (stages.back() == "videos") stop.request_stop();
                            },
                        .on_stage = [&](const std::string& unit) { stages.push_back(unit); },
                        .threads = 1};
  try {
    api::evaluate(request({"hmdb51"}), run);
    FAIL() << "it went on to its end";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted) << error.what();
  }
  EXPECT_EQ(stages, (std::vector<std::string>{"videos looked at", "videos"}));
  EXPECT_FALSE(fs::exists(folder_ / "out/hmdb51/result.json"));
  std::map<std::string, std::size_t> totals;  // by stage
  std::string stage;
  const api::Run rest = {.on_progress = [&](std::size_t, std::size_t, auto total) { totals[stage] = total.value(); },
                         .on_stage = [&](const std::string& unit) { stage = unit; }};
  EXPECT_EQ(api::evaluate(request({"hmdb51"}), rest)[0].items.size(), 12U);
  EXPECT_LT(totals["videos"], 12U);
}

TEST_F(ApiEvaluate, MissingVideosAreNamedAndLeftOut) {
  fs::copy(shared("world/eval/msrvtt"), folder_ / "msrvtt", fs::copy_options::recursive);
  fs::remove(folder_ / "msrvtt/videos/all/video7011.mp4");
  api::EvaluateRequest asked = request({"msrvtt"});
  asked.data = folder_ / "msrvtt";
  const auto checked = api::check_benchmarks(asked);
  EXPECT_EQ(checked.at(0).videos, 7U);
  ASSERT_EQ(checked[0].missing.size(), 1U);
  EXPECT_EQ(checked[0].missing[0].status, "missing");
  EXPECT_FALSE(fs::exists(folder_ / "out/msrvtt/videos"));
  const auto found = api::evaluate(asked);
  ASSERT_EQ(found[0].missing.size(), 1U);
  EXPECT_EQ(found[0].missing[0].video, "video7011");
  EXPECT_EQ(found[0].items.size(), 12U);
}

TEST_F(ApiEvaluate, FeaturesMadeElsewhereNeedNoModel) {
  write_npy(folder_ / "v.npy", std::vector<std::int64_t>{2, 2}, std::vector<float>{1, 0, 0, 1});
  write_npy(folder_ / "t.npy", std::vector<std::int64_t>{4, 2}, std::vector<float>{1, 0.1F, 1, 0.5F, 0, 1, 1, 0});
  const auto found = api::evaluate({.benchmarks = {"retrieval"},
                                    .video_features = folder_ / "v.npy",
                                    .text_features = folder_ / "t.npy",
                                    .output = folder_ / "out"});
  EXPECT_EQ(measure(found.at(0), "t2v_r1"), 75);
  EXPECT_EQ(Json::parse(found[0].manifest), Json::parse(file("out/retrieval/result.json"))["manifest"]);
}

TEST_F(ApiEvaluate, RequestsThatMakeNoSenseAreErrorsOfUsage) {
  const auto kind_of = [&](auto change) {
    api::EvaluateRequest asked = request({"msrvtt"});
    change(asked);
    try {
      api::evaluate(asked);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kFailed;
  };
  EXPECT_EQ(kind_of([](auto& asked) { asked.benchmarks.clear(); }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.benchmarks = {"other"}; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.ties = "best"; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.output.clear(); }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.resamples = 1; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.video.window = 2; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.data = "absent"; }), ErrorKind::kInput);
  EXPECT_EQ(kind_of([](auto& asked) { asked.model.file = "absent.pt"; }), ErrorKind::kInput);
}

}  // namespace
}  // namespace tvts::test

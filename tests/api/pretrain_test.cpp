// Pre-training through the library against what `tvts pretrain` leaves.
#include "tvts/api/pretrain.h"

#include <filesystem>

#include "tests/cli/cli_fixture.h"
#include "tests/support/error_text.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class ApiPretrain : public CliTest {
 protected:
  // The JSON of a run of `epochs` steps on the three shared videos.
  std::string config(const std::string& output, int epochs) const {
    folder_.add("table.csv", "path,caption\ncircle.mp4,a circle\nfade.mp4,a fade\nsquare.mp4,a square\n");
    return nlohmann::json{{"output", folder_ / output},
                          {"model", shared("tiny.json")},
                          {"epochs", epochs},
                          {"optimizer", {{"rate_new", 1e-3}, {"rate_clip", 1e-4}}},
                          {"checkpoint", {{"every_steps", 2}}},
                          {"log_every_steps", 1},
                          {"corpora",
                           {{{"name", "alt"},
                             {"form", "table"},
                             {"list", folder_ / "table.csv"},
                             {"root", shared("videos")},
                             {"batch", 3}}}}}
        .dump();
  }
  std::string model_of(const std::string& output) const { return read_text(folder_ / (output + "/model.safetensors")); }
  std::vector<nlohmann::json> log_of(const std::string& output) const {
    return json_lines(read_text(folder_ / (output + "/log.jsonl")));
  }
};

TEST_F(ApiPretrain, AConfigAsTextTrainsTheModelThatTheCommandTrains) {
  const api::PretrainResult result = api::pretrain({.config = config("library", 4)});
  EXPECT_EQ(result.model, folder_ / "library/model.safetensors");
  const Outcome command = run_tvts({"pretrain", "--config", folder_.add("run.json", config("command", 4))});
  ASSERT_EQ(command.exit_code, 0) << command.err;
  ASSERT_FALSE(model_of("library").empty());
  EXPECT_EQ(model_of("library"), model_of("command"));
}

TEST_F(ApiPretrain, EveryStepIsToldAsTheLogHasIt) {
  std::vector<api::TrainStep> steps;
  std::size_t clips = 0;
  std::string unit;
  api::pretrain({.config = folder_.add("run.json", config("run", 5))},
                {.on_progress = [&](std::size_t done, auto...) { clips = done; },
                 .on_stage = [&](const std::string& stage) { unit = stage; }},
                [&](const api::TrainStep& step) { steps.push_back(step); });
  const auto log = log_of("run");
  ASSERT_EQ(steps.size(), 5U);
  ASSERT_EQ(log.size(), 5U);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].step, log[i]["step"]);
    EXPECT_EQ(steps[i].steps, 5);
    EXPECT_EQ(steps[i].loss, log[i]["loss"]);
    EXPECT_EQ(steps[i].corpus, "alt");
  }
  EXPECT_NEAR(steps[0].learning_rate_new, 1e-3, 1e-12);
  EXPECT_NEAR(steps[0].learning_rate_clip, 1e-4, 1e-12);
  EXPECT_EQ(clips, 15U);
  EXPECT_EQ(unit, "clips");
}

TEST_F(ApiPretrain, AStopLeavesACheckpointFromWhichTheNextCallGoesOn) {
  std::stop_source stop;
  const api::Run run = {.stop = stop.get_token()};
  const std::string error = error_text([&] {
    api::pretrain({.config = config("stopped", 6)}, run, [&](const api::TrainStep& step) {
      if (step.step == 3) stop.request_stop();
    });
  });
  EXPECT_TRUE(contains(error, "interrupted after step 3")) << error;
  EXPECT_FALSE(fs::exists(folder_ / "stopped/model.safetensors"));
  std::int64_t first = 0;
  api::pretrain({.config = config("stopped", 6)}, {}, [&](const api::TrainStep& step) {
    if (first == 0) first = step.step;
  });
  EXPECT_EQ(first, 4);
  api::pretrain({.config = config("whole", 6)});
  EXPECT_EQ(model_of("stopped"), model_of("whole"));
}

TEST_F(ApiPretrain, FieldsOfTheRequestStandInForTheConfigs) {
  api::pretrain({.config = config("run", 1), .output = folder_ / "elsewhere", .seed = 9});
  EXPECT_FALSE(fs::exists(folder_ / "run"));
  EXPECT_EQ(nlohmann::json::parse(read_text(folder_ / "elsewhere/config.json"))["seed"], 9);
}

TEST_F(ApiPretrain, APlanTellsWhatTheCommandPrintsAndWritesNothing) {
  const api::PretrainPlan plan = api::plan_pretraining({.config = config("run", 8)});
  EXPECT_EQ(plan.processes, 1);
  EXPECT_EQ(plan.steps, 8);
  EXPECT_TRUE(plan.seconds_per_step);
  EXPECT_TRUE(plan.missing.empty());
  EXPECT_FALSE(fs::exists(folder_ / "run"));
  const Outcome command = run_tvts({"pretrain", "--config", folder_.add("run.json", config("run", 8)), "--dry-run"});
  EXPECT_TRUE(contains(command.out, "parameters\ttrained\t" + std::to_string(plan.trained_parameters) + "\n"))
      << command.out;
}

TEST_F(ApiPretrain, ErrorsAreOfTheirKinds) {
  const auto kind_of = [](const std::string& text) {
    try {
      api::pretrain({.config = text});
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kFailed;
  };
  EXPECT_EQ(kind_of("absent.json"), ErrorKind::kInput);
  EXPECT_EQ(kind_of("{\"epoch\": 1}"), ErrorKind::kInput);
  EXPECT_EQ(kind_of("{"), ErrorKind::kInput);
}

}  // namespace
}  // namespace tvts::test

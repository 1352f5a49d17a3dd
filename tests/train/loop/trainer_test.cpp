// Whole runs on six drawn videos.
#include "tvts/train/loop/trainer.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/support/golden.h"
#include "tests/train/loop/thread_ranks.h"
#include "tests/train/loop/tiny_run.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/runtime/bfloat16_hardware.h"
#include "tvts/train/loop/initial_model.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class TrainerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    at::set_num_threads(1);
    set_log_level(LogLevel::kError);
  }
  TinyRun data_;
};

std::string error_of(const TrainConfig& config) {
  try {
    run_alone(config);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::size_t lines_in(const std::string& path) {
  const std::string text = read_text(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

Tensors start_weights(const TrainConfig& config) {
  const InitialModel initial = initial_model(config, TVTS_VOCABULARY);
  Tensors weights;
  for (auto& [name, value] : named_parameters(initial.model)) weights[name] = value.clone();
  return weights;
}

// Runs until `steps` records are logged, then requests a stop.
void run_and_stop(const TrainConfig& config, std::size_t steps) {
  std::stop_source stop;
  std::atomic<bool> ended = false;
  std::jthread watcher([&] {
    while (!ended && (!fs::exists(config.output + "/log.jsonl") || lines_in(config.output + "/log.jsonl") < steps)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    stop.request_stop();
  });
  try {
    run_alone(config, stop.get_token());
    ADD_FAILURE() << "the run was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted) << error.what();
  }
  ended = true;
}

TEST_F(TrainerTest, TheLossGoesDown) {
  TrainConfig config = data_.captions();
  config.epochs = 20;
  run_alone(config);
  const auto log = log_of(config);
  ASSERT_EQ(log.size(), 20U);
  EXPECT_GT(log.front()["loss"], 3.2);  // 2 log 6 = 3.58 by chance
  EXPECT_LT(log.back()["loss"], 2.6);
}

TEST_F(TrainerTest, SortedAndAltTextStepsTakeTurns) {
  const TrainConfig config = data_.both();
  run_alone(config);
  const auto log = log_of(config);
  ASSERT_EQ(log.size(), 12U);
  for (std::size_t i = 0; i < log.size(); ++i) {
    EXPECT_EQ(log[i]["corpus"], i % 2 == 0 ? "told" : "alt");
    EXPECT_EQ(log[i].contains("ts"), i % 2 == 0);
  }
  EXPECT_LT(log[10]["loss"], log[0]["loss"]);
}

TEST_F(TrainerTest, StoppedAndResumedIsBitForBitTheUndisturbedRun) {
  const TrainConfig undisturbed = data_.both("undisturbed"), stopped = data_.both("stopped");
  const std::string expected = run_alone(undisturbed);
  run_and_stop(stopped, 5);
  EXPECT_FALSE(fs::exists(stopped.output + "/model.safetensors"));
  const std::string found = run_alone(stopped);
  EXPECT_EQ(read_text(found), read_text(expected));
  EXPECT_EQ(steps_of(stopped), steps_of(undisturbed));
}

// Of a small model a batch goes through in parts, a thread each.
TEST_F(TrainerTest, TheNumberOfThreadsChangesNoByte) {
  const TrainConfig one = data_.both("one"), two = data_.both("two"), three = data_.both("three");
  const std::string expected = read_text(run_alone(one));
  at::set_num_threads(2);
  EXPECT_EQ(read_text(run_alone(two)), expected);
  EXPECT_EQ(steps_of(two), steps_of(one));
  at::set_num_threads(3);
  run_and_stop(three, 5);
  EXPECT_EQ(at::get_num_threads(), 3);
  at::set_num_threads(1);
  EXPECT_EQ(read_text(run_alone(three)), expected);
}

TEST_F(TrainerTest, PartsThatAreStatedAreUsed) {
  TrainConfig whole = data_.both("whole"), parts = data_.both("parts");
  whole.parts = 1;
  parts.parts = 3;
  run_alone(whole);
  run_alone(parts);
  const auto expected = log_of(whole), found = log_of(parts);
  bool differs = false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(found[i]["loss"], expected[i]["loss"], 0.02) << i;
    differs |= found[i]["loss"] != expected[i]["loss"];  // sums in another order
  }
  EXPECT_TRUE(differs);
}

TEST_F(TrainerTest, ThePrecisionThatAutoChoseIsRecordedAndKept) {
  TrainConfig config = data_.captions();
  config.precision = "auto";
  run_alone(config);
  const std::string chosen = has_bfloat16_hardware() ? "bf16" : "fp32";
  for (const char* record : {"/config.json", "/checkpoints/step_00000012/config.json"}) {
    EXPECT_EQ(nlohmann::json::parse(read_text(config.output + record))["precision"], chosen) << record;
  }
}

TEST_F(TrainerTest, AFinishedRunStartedAgainWritesTheSameModel) {
  const TrainConfig config = data_.captions();
  const std::string model = read_text(run_alone(config));
  EXPECT_EQ(read_text(run_alone(config)), model);
  EXPECT_EQ(log_of(config).size(), 12U);
}

TEST_F(TrainerTest, KeepsTheLastCheckpoints) {
  TrainConfig config = data_.captions();
  config.checkpoint = {.every_steps = 5, .keep = 2};
  run_alone(config);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(config.output + "/checkpoints"))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"step_00000010", "step_00000012"}));
}

TEST_F(TrainerTest, ADamagedCheckpointIsAnErrorThatNamesIt) {
  const TrainConfig config = data_.captions();
  run_alone(config);
  const std::string state = config.output + "/checkpoints/step_00000012/state.json";
  fs::resize_file(state, 10);
  EXPECT_NE(error_of(config).find(state), std::string::npos);
}

TEST_F(TrainerTest, AccumulatedStepsTakeSoManyBatches) {
  TrainConfig config = data_.captions();
  config.corpora[0].batch = 2;
  config.accumulate = 3;
  run_alone(config);
  EXPECT_EQ(log_of(config).size(), 12U);  // of six clips, as without
  const auto state = nlohmann::json::parse(read_text(config.output + "/checkpoints/step_00000012/state.json"));
  EXPECT_EQ(state["clips"], 72);
}

TEST_F(TrainerTest, ALostRunNamesTheLastGoodCheckpoint) {
  TrainConfig config = data_.captions();
  config.checkpoint.every_steps = 1;
  config.epochs = 40;
  config.optimizer.rate_new = config.optimizer.rate_clip = 9.9;
  config.optimizer.weight_decay = 9.9;  // each step multiplies the weights by 97
  const std::string error = error_of(config);
  EXPECT_NE(error.find("training is lost at step"), std::string::npos) << error;
  EXPECT_NE(error.find("the last good checkpoint is " + config.output + "/checkpoints/step_"), std::string::npos)
      << error;
}

TEST_F(TrainerTest, ValidationTellsTheStartTheChangeAndTheCurves) {
  TrainConfig config = data_.captions();
  config.validation = {.list = data_ / "table.csv", .root = data_ / "videos", .every_steps = 6};
  run_alone(config);
  std::vector<nlohmann::json> records;
  for (const auto& record : log_of(config)) {
    if (record.contains("validation")) records.push_back(record);
  }
  ASSERT_EQ(records.size(), 3U);  // steps 0, 6, 12
  EXPECT_EQ(records[0]["step"], 0);
  EXPECT_EQ(records[0]["guard"]["r1_change"], 0.0);
  EXPECT_NEAR(records[0]["guard"]["text_drift"], 0, 1e-6);
  EXPECT_GT(records[2]["guard"]["text_drift"], 1e-4);
  const double change =
      records[2]["validation"]["t2v_r1"].get<double>() - records[0]["validation"]["t2v_r1"].get<double>();
  EXPECT_NEAR(records[2]["guard"]["r1_change"], change, 1e-9);
  EXPECT_NE(read_text(config.output + "/curves.html").find("Degradation guard"), std::string::npos);
  EXPECT_TRUE(fs::exists(config.output + "/curves.svg"));
}

// What the model files of a run state that starts from `start` and has `preprocess` in its config.
std::vector<ModelSpec> stated_by_run(TrainConfig config, const std::string& start, const std::string& preprocess) {
  config.start = start;
  config.model = "";
  config.preprocess = preprocess;
  std::vector<ModelSpec> specs;
  for (const std::string& file : {run_alone(config), config.output + "/checkpoints/step_00000012/model.safetensors"}) {
    specs.push_back(open_model_state(file, std::nullopt, {.keep_sort_head = true}).spec);
  }
  return specs;
}

TEST_F(TrainerTest, ModelFilesStateWhatTheRunTrainedOnWhateverItsStartStates) {
  const InitialModel initial = initial_model(data_.captions(), TVTS_VOCABULARY);
  ModelSpec spec = initial.spec;
  spec.preprocess = Preprocess::kClip;
  spec.origin = "OpenAI CLIP tiny.pt";
  save_model(data_ / "start.safetensors", initial.model, spec);
  for (const char* preprocess : {"tvtsv2-eval", "clip"}) {
    const TrainConfig config = data_.captions(preprocess);
    for (const ModelSpec& found : stated_by_run(config, data_ / "start.safetensors", preprocess)) {
      EXPECT_EQ(to_string(found.preprocess), preprocess);
      EXPECT_EQ(found.preprocess_basis, PreprocessBasis::kRun);
      EXPECT_EQ(found.origin, "tvts pretrain, stage video, 12 steps, from OpenAI CLIP tiny.pt");
    }
  }
}

TEST_F(TrainerTest, AnotherPreprocessingTrainsOnOtherPixels) {
  TrainConfig eval = data_.captions("eval"), clip = data_.captions("clip");
  clip.preprocess = "clip";
  run_alone(eval);
  run_alone(clip);
  EXPECT_NE(log_of(eval)[0]["loss"], log_of(clip)[0]["loss"]);
}

TEST_F(TrainerTest, ARunIsNotGoneOnWithOnAnotherPreprocessing) {
  TrainConfig config = data_.captions();
  run_alone(config);
  config.preprocess = "clip";
  EXPECT_NE(error_of(config).find("preprocess is \"tvtsv2-eval\" there and \"clip\" now"), std::string::npos);
  // Also where the record of the run says otherwise.
  auto record = nlohmann::json::parse(read_text(config.output + "/config.json"));
  record["preprocess"] = "clip";
  std::ofstream(config.output + "/config.json") << record;
  EXPECT_NE(error_of(config).find("model.safetensors was trained on the preprocessing tvtsv2-eval"), std::string::npos);
}

// What a run that changes the texts' features altogether warns of.
std::string warnings_of(const TrainConfig& config) {
  set_log_level(LogLevel::kWarning);
  log_to_stderr();
  testing::internal::CaptureStderr();
  run_alone(config);
  set_log_level(LogLevel::kError);
  EXPECT_GT(log_of(config).back()["guard"]["text_drift"], 0.5);
  return testing::internal::GetCapturedStderr();
}

TEST_F(TrainerTest, TheGuardWarnsOfWhatWasInheritedAlone) {
  TrainConfig random = data_.captions("random"), inherits = data_.captions("inherits");
  for (TrainConfig* config : {&random, &inherits}) {
    config->validation = {.list = data_ / "table.csv", .root = data_ / "videos", .every_steps = 12};
    config->freeze.text_layers = 0;
    config->seed = 1;
    config->optimizer.rate_new = config->optimizer.rate_clip = 5;  // a drift of 0.88, well above what is warned of
  }
  EXPECT_EQ(warnings_of(random), "");
  const InitialModel initial = initial_model(random, TVTS_VOCABULARY);
  inherits.start = data_ / "start.safetensors";
  save_model(inherits.start, initial.model, initial.spec);
  EXPECT_NE(warnings_of(inherits).find("text features have drifted"), std::string::npos);
}

TEST_F(TrainerTest, AltTextsOfJoinedClipsAreSorted) {
  TrainConfig config = data_.captions();
  config.corpora[0].batch = 4;
  config.corpora[0].sorting = "clips";
  run_alone(config);
  EXPECT_TRUE(log_of(config).back().contains("sort_accuracy"));
}

TEST_F(TrainerTest, TheStageImageTextLeavesTimeAtItsStart) {
  TrainConfig config = data_.captions();
  config.stage = "image-text";
  run_alone(config);
  const Tensors weights = read_tensors(config.output + "/model.safetensors");
  EXPECT_TRUE(weights.at("video_model.temporal_embedding").eq(0).all().item<bool>());
  for (const auto& [name, tensor] : weights) {
    if (name.find("timeattn") == std::string::npos) continue;
    EXPECT_TRUE(tensor.eq(name.ends_with("timeattn.proj.weight") ? 1 : 0).all().item<bool>()) << name;
  }
  EXPECT_LT(log_of(config).back()["loss"], log_of(config).front()["loss"]);
}

TEST_F(TrainerTest, TheStageVideoGoesOnFromTheStageImageText) {
  TrainConfig first = data_.captions("first"), second = data_.both("second");
  first.stage = "image-text";
  second.start = run_alone(first);
  second.model = "";
  run_alone(second);
  const TrainConfig fresh = data_.both("fresh");
  run_alone(fresh);
  // What the stills taught is there from the first step on captions.
  EXPECT_LT(log_of(second)[1]["loss"], log_of(fresh)[1]["loss"]);
}

// The parameters of two ranks, threads of this process.
TEST_F(TrainerTest, TwoRanksWithTheExactGatherGiveTheParametersOfOne) {
  TrainConfig one = data_.both("one"), two = data_.both("two");
  // From the zero start the temporal attention's first gradients are nothing but rounding, which AdamW scales up.
  one.temporal_start = two.temporal_start = "random";
  run_alone(one);
  ThreadRanks(2).run([&](Collective& collective) {
    at::set_num_threads(1);
    train(two, {.vocabulary_path = TVTS_VOCABULARY, .code_version = "test"}, collective, {});
  });
  const Tensors start = start_weights(one), expected = read_tensors(one.output + "/model.safetensors"),
                found = read_tensors(two.output + "/model.safetensors");
  for (const auto& [name, tensor] : expected) {
    const double moved = (tensor - start.at(name)).norm().item<double>();
    EXPECT_LE((found.at(name) - tensor).norm().item<double>(), 0.02 * moved + 1e-6) << name;
  }
}

}  // namespace
}  // namespace tvts::test

// tvts pretrain as a process: a run, its plan, Ctrl-C and kill -9.
#include <filesystem>
#include <fstream>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class Pretrain : public CliTest {
 protected:
  // A run of `epochs` steps on the three shared videos.
  std::string config(const std::string& output, int epochs, const std::string& precision = "fp32") {
    folder_.add("table.csv", "path,caption\ncircle.mp4,a circle\nfade.mp4,a fade\nsquare.mp4,a square\n");
    const nlohmann::json json = {
        {"output", folder_ / output},
        {"model", shared("tiny.json")},
        {"epochs", epochs},
        {"precision", precision},
        {"optimizer", {{"rate_new", 1e-3}, {"rate_clip", 1e-3}}},
        {"validation", {{"list", folder_ / "table.csv"}, {"root", shared("videos")}, {"every_steps", 4}}},
        {"checkpoint", {{"every_steps", 2}}},
        {"log_every_steps", 1},
        {"corpora",
         {{{"name", "alt"},
           {"form", "table"},
           {"list", folder_ / "table.csv"},
           {"root", shared("videos")},
           {"batch", 3}}}}};
    return folder_.add(output + ".json", json.dump());
  }

  std::string model_of(const std::string& output) { return read_text(folder_ / (output + "/model.safetensors")); }
};

TEST_F(Pretrain, ARunLeavesAModelALogAndCurves) {
  const Outcome outcome = run_tvts({"pretrain", "--config", config("run", 8)});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(json_lines(read_text(folder_ / "run/log.jsonl")).size(), 8 + 3U);  // steps, validations
  EXPECT_TRUE(fs::exists(folder_ / "run/curves.html"));
  const Outcome embed = run_tvts(
      {"embed", shared("videos"), "--pretrained", folder_ / "run/model.safetensors", "--output", folder_ / "v.npy"});
  EXPECT_EQ(embed.exit_code, 0) << embed.err;
}

// The log's last matched similarity (MMS) against that of the rows which `tvts embed` writes with the run's model.
TEST_F(Pretrain, ARunFromAClipFileValidatesOnThePixelsThatItsModelStates) {
  ASSERT_EQ(run_tvts({"convert", "--pretrained", shared("model.safetensors"), "--preprocess", "clip", "--output",
                      folder_ / "clip.safetensors"})
                .exit_code,
            0);
  const Outcome run = run_tvts({"pretrain", "--config", config("run", 8), "--start", folder_ / "clip.safetensors"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.err.find("this run trains on tvtsv2-eval"), std::string::npos) << run.err;
  const auto embedded = [&](std::vector<std::string> what) {
    what.insert(what.begin(), {"embed", "--pretrained", folder_ / "run/model.safetensors", "--precision", "fp32",
                               "--output", folder_ / "rows.npy"});
    const Outcome outcome = run_tvts(what);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return to_float32(read_npy(folder_ / "rows.npy"), "rows");
  };
  const auto videos = embedded({shared("videos/circle.mp4"), shared("videos/fade.mp4"), shared("videos/square.mp4")});
  const auto texts = embedded({"--texts", folder_.add("captions.txt", "a circle\na fade\na square\n")});
  double matched = 0;
  for (std::size_t i = 0; i < videos.size(); ++i) matched += double{videos[i]} * double{texts[i]} / 3;
  const auto log = json_lines(read_text(folder_ / "run/log.jsonl"));
  EXPECT_NEAR(log.back()["guard"]["mms"].get<double>(), matched, 1e-5);
}

TEST_F(Pretrain, KilledAndStartedAgainIsBitForBitTheUndisturbedRun) {
  ASSERT_EQ(run_tvts({"pretrain", "--config", config("undisturbed", 12)}).exit_code, 0);
  const std::vector<std::string> command = {"pretrain", "--config", config("killed", 12)};
  for (const char* checkpoint : {"step_00000004", "step_00000008"}) {
    const std::string path = folder_ / ("killed/checkpoints/" + std::string(checkpoint));
    ASSERT_EQ(run_tvts(command, {.kill_when = [&](pid_t) { return fs::exists(path); }}).exit_code, 128 + 9);
  }
  const Outcome outcome = run_tvts(command);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("going on after step"), std::string::npos);
  EXPECT_EQ(model_of("killed"), model_of("undisturbed"));
}

TEST_F(Pretrain, AnInterruptLeavesACheckpointAndItsExitCode) {
  const auto trains = [&](pid_t) { return fs::exists(folder_ / "long/log.jsonl"); };
  const Outcome outcome = run_tvts({"pretrain", "--config", config("long", 100000)}, {.interrupt_when = trains});
  EXPECT_EQ(outcome.exit_code, 130) << outcome.err;
  EXPECT_NE(outcome.err.find("the same command goes on from there"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::is_empty(folder_ / "long/checkpoints"));
}

TEST_F(Pretrain, ASecondRunIntoTheSameFolderIsRefusedWhileTheFirstGoesOn) {
  const std::vector<std::string> command = {"pretrain", "--config", config("shared", 100000)};
  Outcome second;
  const auto has_refused = [&](pid_t) {
    if (!fs::exists(folder_ / "shared/log.jsonl")) return false;
    second = run_tvts(command);
    return true;
  };
  EXPECT_EQ(run_tvts(command, {.interrupt_when = has_refused}).exit_code, 130);
  EXPECT_EQ(second.exit_code, 1) << second.err;
  EXPECT_EQ(second.err,
            "tvts: error: another process is writing the run " + (folder_ / "shared") + "; wait until it has ended\n");
}

// Holds libtorch in the programs that are run to AVX2, as most laptops have it.
class HeldToAvx2 {
 public:
  HeldToAvx2() { setenv("ATEN_CPU_CAPABILITY", "avx2", /*overwrite=*/1); }
  ~HeldToAvx2() {
    before_.empty() ? unsetenv("ATEN_CPU_CAPABILITY") : setenv("ATEN_CPU_CAPABILITY", before_.c_str(), 1);
  }
  HeldToAvx2(const HeldToAvx2&) = delete;
  HeldToAvx2& operator=(const HeldToAvx2&) = delete;

 private:
  const std::string before_ = std::getenv("ATEN_CPU_CAPABILITY") == nullptr ? "" : std::getenv("ATEN_CPU_CAPABILITY");
};

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST_F(Pretrain, AutoIsFp32WithoutBfloat16AndStaysWhatTheRunWasBegunWith) {
  const std::vector<std::string> command = {"pretrain", "--config", config("run", 2, "auto")};
  {
    const HeldToAvx2 held;
    const Outcome outcome = run_tvts(command);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(times_in(outcome.err, "precision auto: fp32, this CPU has no instructions for bfloat16"), 1U)
        << outcome.err;
  }
  EXPECT_EQ(nlohmann::json::parse(read_text(folder_ / "run/config.json"))["precision"], "fp32");
  const Outcome again = run_tvts(command);
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find("precision auto: fp32, as the run in"), std::string::npos) << again.err;
}

TEST_F(Pretrain, EmulatedBfloat16IsDoneAfterOneWarning) {
  const HeldToAvx2 held;
  const Outcome outcome = run_tvts({"pretrain", "--config", config("run", 2, "bf16")});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(times_in(outcome.err, "this CPU has no instructions for bfloat16 and emulates it; expect about "), 1U)
      << outcome.err;
}

TEST_F(Pretrain, TheFoldersConfigIsThatOfOneRun) {
  ASSERT_EQ(run_tvts({"pretrain", "--config", config("run", 2)}).exit_code, 0);
  const Outcome outcome = run_tvts({"pretrain", "--config", config("run", 2), "--seed", "5"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("seed is 0 there and 5 now"), std::string::npos) << outcome.err;
}

TEST_F(Pretrain, ADryRunPrintsThePlanAndWritesNothing) {
  const Outcome outcome = run_tvts({"pretrain", "--config", config("run", 8), "--dry-run"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::vector<std::string> rows;
  for (const std::string& line : lines_of(outcome.out)) rows.push_back(columns_of(line)[0] + " " + columns_of(line)[1]);
  EXPECT_EQ(rows, (std::vector<std::string>{"processes ", "parameters trained", "parameters frozen",
                                            "megabytes weights", "megabytes gradients", "megabytes moments",
                                            "megabytes activations", "megabytes together", "step giga multiply-adds",
                                            "step seconds", "run steps", "run seconds"}));
  EXPECT_FALSE(fs::exists(folder_ / "run"));
}

TEST_F(Pretrain, ADryRunThatMissesSomethingExitsWithThree) {
  const std::string path = config("run", 8);
  fs::remove(folder_ / "table.csv");
  const Outcome outcome = run_tvts({"pretrain", "--config", path, "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.out.find("missing\t\talt: "), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace tvts::test

// tvts study, as a process: runs of two steps on a world of a few clips.
#include <filesystem>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

class Study : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    const Outcome world = make_world(
        shared("world"),
        "--size 32 --narrated 32 --alt 64 --stills 45 --val 0 --test 3 --twins 1 --test-narrated 2 --test-actions 1");
    ASSERT_EQ(world.exit_code, 0) << world.err;
  }

  Outcome study(const std::string& steps, const std::string& runs) const {
    return run_tvts({"study", "--data", shared("world"), "--output", folder_ / "study", "--model", shared("tiny.json"),
                     "--seeds", "1", "--steps", steps, "--runs", runs});
  }
};

TEST_F(Study, TrainsWhatIsAskedForOnceAndRefusesToMixStudies) {
  const Outcome first = study("2", "table6");
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_NE(first.out.find("ours: sorting"), std::string::npos);
  const std::string result = folder_ / "study/runs/both-tune1-ts-random-seed1.json";
  EXPECT_EQ(json_lines(read_text(result))[0]["format"], "tvts-study-run");
  EXPECT_EQ(nlohmann::json::parse(read_text(folder_ / "study/study.json"))["format"], "tvts-study");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "study/training/both-tune1-ts-random-seed1/checkpoints"));

  const auto written = std::filesystem::last_write_time(result);
  std::filesystem::remove(folder_ / "study/runs/both-tune1-ts-seed1.json");
  std::filesystem::remove_all(folder_ / "study/training/both-tune1-ts-seed1");
  const Outcome second = study("2", "table6");
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(std::filesystem::last_write_time(result), written);

  const Outcome other = study("3", "table6");
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_NE(other.err.find("steps_per_epoch"), std::string::npos) << other.err;
}

TEST_F(Study, AnUnknownRunIsAMistake) {
  const Outcome outcome = study("2", "table9");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("figure3a"), std::string::npos) << outcome.err;
}

TEST_F(Study, AFolderThatIsNoWorldExitsWithFour) {
  EXPECT_EQ(run_tvts({"study", "--data", folder_.path(), "--output", folder_ / "study"}).exit_code, 4);
}

}  // namespace
}  // namespace tvts::test

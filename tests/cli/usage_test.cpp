// The command line itself: help, versions, mistakes, exit codes.
#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

TEST(Usage, HelpNamesEveryCommandAndExitsWithZero) {
  const Outcome help = run_tvts({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* command :
       {"init", "convert", "inspect", "embed", "search", "classify", "eval", "study", "data", "bench", "doctor"}) {
    EXPECT_NE(help.out.find(command), std::string::npos) << command;
  }
}

TEST(Usage, EveryCommandExplainsItself) {
  for (const char* command :
       {"init", "convert", "inspect", "embed", "search", "classify", "eval", "study", "data", "bench", "doctor"}) {
    const Outcome help = run_tvts({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_NE(help.out.find("--quiet"), std::string::npos) << command;
  }
}

TEST(Usage, VersionGoesToStandardOutput) {
  const Outcome version = run_tvts({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_TRUE(version.out.starts_with("tvts 0."));
}

TEST(Usage, NothingAskedIsAMistake) { EXPECT_EQ(run_tvts({}).exit_code, 2); }

TEST(Usage, AnUnknownFlagNamesTheNearestKnownOne) {
  const Outcome outcome = run_tvts({"embed", "x.mp4", "--pretrained", "m", "--output", "v.npy", "--batch-sise", "2"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("--batch-size"), std::string::npos) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
}

TEST(Usage, AnUnknownCommandNamesTheNearestKnownOne) {
  const Outcome outcome = run_tvts({"serach"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("search"), std::string::npos) << outcome.err;
}

TEST(Usage, AnUnknownCommandOfACommandNamesTheNearestKnownOne) {
  const Outcome outcome = run_tvts({"data", "wrld"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("did you mean world"), std::string::npos) << outcome.err;
}

TEST(Usage, AnUnknownBenchmarkPointsToTheHelpThatListsThem) {
  const Outcome outcome = run_tvts({"eval", "nosuch"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("see tvts eval --help"), std::string::npos) << outcome.err;
}

TEST(Usage, AMissingModelFileIsOneLineAndExitsWithFour) {
  const Outcome outcome = run_tvts({"embed", "x.mp4", "--pretrained", "absent.safetensors", "--output", "v.npy"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  EXPECT_NE(outcome.err.find("absent.safetensors"), std::string::npos);
}

TEST(Usage, AThreadCountThatIsNoneIsAMistake) {
  setenv("TVTS_NUM_THREADS", "many", 1);
  const Outcome outcome = run_tvts({"doctor"});
  unsetenv("TVTS_NUM_THREADS");
  EXPECT_NE(outcome.out.find("TVTS_NUM_THREADS is 'many'"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.exit_code, 0);
}

TEST(Usage, DoctorFindsTheBuildSound) {
  const Outcome outcome = run_tvts({"doctor", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  for (const auto& check : json_lines(outcome.out)) EXPECT_TRUE(check.at("ok")) << check;
}

}  // namespace
}  // namespace tvts::test

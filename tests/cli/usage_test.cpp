// The command line itself: help, versions, mistakes, exit codes.
#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

constexpr const char* kCommands[] = {"init",  "convert", "inspect",  "embed", "search", "classify", "eval",
                                     "probe", "attend",  "pretrain", "study", "data",   "bench",    "doctor"};

TEST(Usage, HelpNamesEveryCommandAndExitsWithZero) {
  const Outcome help = run_tvts({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* command : kCommands) {
    EXPECT_NE(help.out.find(command), std::string::npos) << command;
  }
}

TEST(Usage, EveryCommandExplainsItself) {
  for (const char* command : kCommands) {
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

TEST(Usage, OpenMpsThreadsAreTakenOrPassedOver) {
  for (const auto& [value, warned] : {std::pair{"4,2", false}, std::pair{"many", true}, std::pair{"0", true}}) {
    setenv("OMP_NUM_THREADS", value, 1);
    const Outcome outcome = run_tvts({"doctor"});
    unsetenv("OMP_NUM_THREADS");
    EXPECT_EQ(outcome.err.find("OMP_NUM_THREADS is '") != std::string::npos, warned) << value << outcome.err;
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  }
}

TEST(Usage, EveryLineOfAJsonLogIsJsonInUtf8) {
  const TemporaryFolder folder;
  write_text(folder / "list.txt", std::string("caf\xE9.mp4\nzero\0byte.mp4\n", 23));
  write_text(folder / "t.csv", std::string("vid\0eo,caf\xE9\na,b\n", 16));
  const std::vector<std::vector<std::string>> commands = {
      {"embed", folder / "list.txt", "--output", folder / "v.npy", "--log-format", "json"},
      {"embed", folder / "t.csv", "--output", folder / "v.npy", "--log_format=json"},
      {"embed", "--k\xE9y", "--log-format", "json"}};
  for (const auto& command : commands) {
    const Outcome outcome = run_tvts(command);
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_FALSE(json_lines(outcome.err).empty());
  }
  EXPECT_NE(run_tvts(commands[0]).err.find("zero\\\\u0000byte.mp4"), std::string::npos) << run_tvts(commands[0]).err;
  EXPECT_NE(run_tvts(commands[1]).err.find("vid\\\\u0000eo, caf\xEF\xBF\xBD"), std::string::npos)
      << run_tvts(commands[1]).err;
}

TEST(Usage, DoctorFindsTheBuildSound) {
  const Outcome outcome = run_tvts({"doctor", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  for (const auto& check : json_lines(outcome.out)) EXPECT_TRUE(check.at("ok")) << check;
}

}  // namespace
}  // namespace tvts::test

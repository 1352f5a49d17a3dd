// tvts bench.
#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

class BenchCommand : public CliTest {
 protected:
  Outcome bench(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"bench", "--pretrained", shared("model.safetensors"), "--rounds", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }
};

TEST_F(BenchCommand, WithoutVideosMeasuresTheModelAndTexts) {
  const Outcome outcome = bench({"--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto found = json_lines(outcome.out).at(0);
  EXPECT_GT(found.at("model").at("seconds"), 0);
  EXPECT_GT(found.at("text").at("seconds"), 0);
  EXPECT_FALSE(found.contains("decode"));
  EXPECT_NE(bench({}).out.find("Give videos"), std::string::npos);
}

TEST_F(BenchCommand, OfVideosTellsTheSharesOfDecodingAndTheModel) {
  const Outcome outcome = bench({shared("videos"), "--json", "--precision", "fp32"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto found = json_lines(outcome.out).at(0);
  EXPECT_EQ(found.at("clips"), 3);
  EXPECT_EQ(found.at("precision"), "fp32");
  const double decode = found.at("decode").at("seconds"), model = found.at("model").at("seconds");
  EXPECT_NEAR(found.at("decode_share").get<double>(), decode / (decode + model), 1e-9);
  EXPECT_NEAR(found.at("whole_against_turns").get<double>(),
              (decode + model) / found.at("whole").at("seconds").get<double>(), 1e-9);
}

TEST_F(BenchCommand, CountsVideosThatCannotBeReadAndFailsWithoutAny) {
  const std::string broken = folder_.add("broken.mp4", "not a video");
  EXPECT_EQ(bench({broken}).exit_code, 4);
  const Outcome some = bench({shared("videos"), broken, "--json"});
  EXPECT_EQ(some.exit_code, 3);
  EXPECT_EQ(json_lines(some.out).at(0).at("failed"), 1);
}

}  // namespace
}  // namespace tvts::test

// SSV2-MC, from its own lines and drawn from the official files.
#include <set>

#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

class Choices : public DataFolder {};

TEST_F(Choices, LinesHaveOptionsAndAnAnswerByNumberOrText) {
  folder_.add("ssv2_mc.jsonl", R"({"clip_name": "12.webm", "options": ["a", "b", "c"], "answer": 2})"
                               "\n"
                               R"({"clip_name": 13, "options": ["d", "e", "f"], "answer": "e"})"
                               "\n");
  folder_.add("videos/13.webm");
  const Benchmark benchmark = open("ssv2-mc");
  EXPECT_EQ(benchmark.task, BenchmarkTask::kChoice);
  EXPECT_EQ(benchmark.answers, (Numbers{2, 1}));
  EXPECT_EQ(benchmark.options[1], (Texts{"d", "e", "f"}));
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "videos/13.webm");
}

constexpr char kValidation[] = R"([
  {"id": "1", "label": "holding a cup", "template": "Holding [something]", "placeholders": ["a cup"]},
  {"id": "2", "label": "holding a pen", "template": "Holding [something]"},
  {"id": "3", "label": "moving a pen up", "template": "Moving [something] up"},
  {"id": "4", "template": "Turning [something] over"}])";

class OfficialSsv2 : public Choices {
 protected:
  OfficialSsv2() {
    folder_.add("something-something-v2-validation.json", kValidation);
    folder_.add("something-something-v2-labels.json",
                R"({"Holding something": "0", "Moving something up": "1", "Turning something over": "2"})");
  }
};

TEST_F(OfficialSsv2, EachClassGivesOneOptionAndTheRightOneIsTheVideosOwn) {
  const Benchmark benchmark = open("ssv2-mc");
  EXPECT_EQ(benchmark.form, "ssv2-official");
  EXPECT_EQ(names(benchmark), (Texts{"1.webm", "2.webm", "3.webm", "4.webm"}));
  EXPECT_EQ(benchmark.answers, (Numbers{0, 0, 1, 2}));
  EXPECT_EQ(benchmark.options[0], (Texts{"holding a cup", "moving a pen up", "Turning something over"}));
  EXPECT_EQ(benchmark.options[1][0], "holding a pen");
}

TEST_F(OfficialSsv2, OptionsAreDrawnBySeed) {
  std::set<std::string> drawn;
  for (std::uint64_t seed = 0; seed < 20; ++seed) drawn.insert(open("ssv2-mc", {.seed = seed}).options[2][0]);
  EXPECT_EQ(drawn, (std::set<std::string>{"holding a cup", "holding a pen"}));
  EXPECT_EQ(open("ssv2-mc", {.seed = 3}).options, open("ssv2-mc", {.seed = 3}).options);
}

}  // namespace
}  // namespace tvts::test

// The sets of the small world are read as the published ones are.
#include "lab/world/write_world.h"
#include "tests/evaluate/benchmarks/data_folder.h"
#include "tvts/evaluate/benchmarks/check_videos.h"

namespace tvts::test {
namespace {

class WorldSets : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const world::WorldOptions options = {.side = 32,
                                         .narrated = 0,
                                         .alt = 0,
                                         .stills = 0,
                                         .val = 8,
                                         .test = 5,
                                         .twins = 0,
                                         .test_narrated = 0,
                                         .test_actions = 1};
    world::write_world({.folder = *folder_ / "world", .options = options, .threads = 2});
  }
  static void TearDownTestSuite() { delete folder_; }

  static Benchmark open(const std::string& name, BenchmarkOptions options = {}) {
    options.data = *folder_ / ("world/eval/" + name);
    return open_benchmark(name, options);
  }

  static TemporaryFolder* folder_;
};

TemporaryFolder* WorldSets::folder_ = nullptr;

TEST_F(WorldSets, EveryVideoOfEverySetIsThere) {
  for (const char* name : {"msrvtt", "didemo", "lsmdc", "hmdb51", "ucf101", "k400", "ssv2-mc"}) {
    const Benchmark benchmark = open(name);
    EXPECT_GT(benchmark.videos.size(), 1U) << name;
    EXPECT_EQ(check_videos(benchmark, 2, {}).size(), 0U) << name;
  }
}

TEST_F(WorldSets, MsrvttIsTheSameInBothForms) {
  EXPECT_EQ(split_sha256(open("msrvtt")), split_sha256(open("msrvtt", {.form = "msrvtt-json"})));
}

TEST_F(WorldSets, ActionsHaveTheWorldsClassesAndTemplate) {
  for (const char* name : {"hmdb51", "ucf101", "k400"}) {
    const Benchmark benchmark = open(name);
    EXPECT_EQ(benchmark.classes.size(), 12U) << name;
    EXPECT_EQ(benchmark.videos.size(), 12U) << name;
    EXPECT_EQ(benchmark.templates, (std::vector<std::string>{"something {}"})) << name;
    EXPECT_EQ(open(name, {.part = BenchmarkPart::kTrain}).videos.size(), 24U) << name;
  }
}

TEST_F(WorldSets, ChoicesHaveSeventeenOptions) { EXPECT_EQ(open("ssv2-mc").options.front().size(), 17U); }

TEST_F(WorldSets, AltTextReadsAsWebVid) {
  const Benchmark benchmark = open_benchmark("webvid", {.data = *folder_ / "world/alt"});
  EXPECT_EQ(benchmark.videos.size(), 8U);
  EXPECT_EQ(check_videos(benchmark, 2, {}).size(), 0U);
}

}  // namespace
}  // namespace tvts::test

// tvts data world.
#include <filesystem>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

Outcome tiny_world(const std::string& output, const std::string& seed) {
  return make_world(output,
                    "--seed " + seed +
                        " --size 32 --narrated 1 --alt 2 --stills 1 --val 0 --test 3 --twins 0 --test-narrated 0"
                        " --test-actions 0");
}

TEST(DataWorld, WritesAWorldAndSaysWhere) {
  const TemporaryFolder folder;
  const Outcome outcome = tiny_world(folder / "world", "1");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  const auto world = nlohmann::json::parse(read_text(folder / "world/world.json"));
  EXPECT_EQ(world["classes"].size(), 12U);
  EXPECT_EQ(world["sets"]["narrated"]["train"], 1);
  EXPECT_TRUE(std::filesystem::exists(folder / "world/narrated/videos/subset_0/data/narrated_train_000000.mp4"));
}

TEST(DataWorld, AWorldOfAnotherSeedIsAMistakeOfUse) {
  const TemporaryFolder folder;
  ASSERT_EQ(tiny_world(folder / "world", "1").exit_code, 0);
  EXPECT_EQ(tiny_world(folder / "world", "1").exit_code, 0);
  const Outcome other = tiny_world(folder / "world", "2");
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_EQ(lines_of(other.err).size(), 1U) << other.err;
}

}  // namespace
}  // namespace tvts::test

#include "tvts/train/loop/training_log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/temporary_folder.h"

namespace tvts::test {
namespace {

std::vector<nlohmann::json> records(const std::string& path) {
  std::vector<nlohmann::json> all;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) all.push_back(nlohmann::json::parse(line));
  return all;
}

TEST(TrainingLog, DropsWhatIsPastTheStepThatIsResumed) {
  const TemporaryFolder folder;
  folder.add("log.jsonl",
             "{\"step\":1,\"loss\":3}\n{\"step\":2,\"loss\":2}\n{\"step\":3,\"loss\":1}\n{\"step\":4,\"lo");
  TrainingLog log(folder / "log.jsonl", 2);
  log.write({.step = 3, .corpus = "alt", .loss = 7});
  const auto all = records(folder / "log.jsonl");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1]["step"], 2);
  EXPECT_EQ(all[2]["loss"], 7.0);
}

TEST(TrainingLog, StartsAFreshRunWithNothing) {
  const TemporaryFolder folder;
  folder.add("log.jsonl", "{\"step\":0,\"validation\":{}}\n{\"step\":1,\"loss\":3}\n");
  TrainingLog log(folder / "log.jsonl", 0);
  EXPECT_EQ(read_text(folder / "log.jsonl"), "");
}

TEST(TrainingLog, LeavesTheFieldsOfSortingOutWhereNothingIsSorted) {
  const TemporaryFolder folder;
  TrainingLog log(folder / "log.jsonl", 0);
  log.write({.step = 1, .corpus = "alt", .loss = std::nan("")});
  const auto record = records(folder / "log.jsonl").front();
  EXPECT_FALSE(record.contains("ts"));
  EXPECT_TRUE(record["loss"].is_null());
}

TEST(TrainingLog, ValidationHasTheGuardBesideIt) {
  const TemporaryFolder folder;
  TrainingLog log(folder / "log.jsonl", 0);
  log.write(5, {.text_to_video_r1 = 20, .matched_similarity = 0.3, .text_drift = 0.1, .r1_change = -12.5});
  const auto record = records(folder / "log.jsonl").front();
  EXPECT_EQ(record["validation"]["t2v_r1"], 20.0);
  EXPECT_EQ(record["guard"]["text_drift"], 0.1);
  EXPECT_EQ(record["guard"]["r1_change"], -12.5);
}

}  // namespace
}  // namespace tvts::test

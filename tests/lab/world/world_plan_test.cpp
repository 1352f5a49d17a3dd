#include "lab/world/world_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "lab/world/scene_json.h"
#include "tests/lab/world/tiny_world.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

using test::tiny_world;

std::string text_of(const WorldPlan& plan, const std::string& path) {
  for (const TextFile& file : plan.texts) {
    if (file.path == path) return file.content;
  }
  ADD_FAILURE() << "no " << path;
  return "";
}

std::vector<std::vector<std::string>> rows_of(const std::string& text, char separator) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, separator);) rows.back().push_back(field);
  }
  return rows;
}

std::set<std::string> media_paths(const WorldPlan& plan) {
  std::set<std::string> paths;
  for (const MediaFile& file : plan.media) paths.insert(file.path);
  return paths;
}

std::string all_of(const WorldPlan& plan) {
  std::string all;
  for (const TextFile& file : plan.texts) all += file.path + "\n" + file.content;
  return all;
}

TEST(WorldPlan, ASeedGivesTheSameFilesEveryTimeAndAnotherSeedOthers) {
  WorldOptions options = tiny_world();
  const std::string once = all_of(plan_world(options)), again = all_of(plan_world(options));
  options.seed = 6;
  EXPECT_EQ(once, again);
  EXPECT_NE(once, all_of(plan_world(options)));
}

TEST(WorldPlan, EveryListedClipIsThere) {
  const WorldPlan plan = plan_world(tiny_world());
  const std::set<std::string> paths = media_paths(plan);
  const auto expect = [&](const std::string& path) { EXPECT_TRUE(paths.contains(path)) << path; };
  const auto narrated = rows_of(text_of(plan, "narrated/train.tsv"), '\t');
  EXPECT_EQ(narrated.at(0), std::vector<std::string>{"Name"});
  expect("narrated/videos/" + narrated.at(1).at(0));
  for (const auto& row : rows_of(text_of(plan, "alt/train.tsv"), '\t')) expect("alt/train/" + row.at(1) + ".mp4");
  for (const auto& row : rows_of(text_of(plan, "alt/val.tsv"), '\t')) expect("alt/train/" + row.at(1) + ".mp4");
  for (const auto& row : rows_of(text_of(plan, "eval/didemo/DiDeMo_test.tsv"), '\t'))
    expect("eval/didemo/" + row.at(1));
  for (const auto& row : rows_of(text_of(plan, "eval/msrvtt/val_list_jsfusion.txt"), '\t')) {
    expect("eval/msrvtt/videos/all/" + row.at(0) + ".mp4");
  }
  for (const auto& row : rows_of(text_of(plan, "eval/lsmdc/LSMDC16_test.csv"), '\t')) {
    EXPECT_EQ(row.size(), 6U);
    expect("eval/lsmdc/" + row[0].substr(0, row[0].rfind('_')) + "/" + row[0] + ".avi");
  }
  for (const auto& row : rows_of(text_of(plan, "eval/ucf101/trainlist01.txt"), ' '))
    expect("eval/ucf101/videos/" + row[0]);
  for (const auto& row : rows_of(text_of(plan, "eval/hmdb51/splits/moving_left_test_split1.txt"), ' ')) {
    expect("eval/hmdb51/videos/moving_left/" + row[0]);
  }
}

TEST(WorldPlan, NamesNoFileTwice) {
  const WorldPlan plan = plan_world(tiny_world());
  std::set<std::string> paths = media_paths(plan);
  for (const TextFile& file : plan.texts) paths.insert(file.path);
  EXPECT_EQ(paths.size(), plan.media.size() + plan.texts.size());
}

TEST(WorldPlan, TheContrastShareOfTheClipsStandsInSetsOfEight) {
  WorldOptions options = tiny_world();
  options.alt = 84;  // ten blocks of eight and a rest
  for (const auto& [share, sets] : {std::pair{0.0, 0}, {0.5, 5}, {1.0, 10}}) {
    options.contrast_share = share;
    EXPECT_EQ(plan_world(options).counts["alt"]["train_contrast_sets"], sets);
  }
}

TEST(WorldPlan, RetrievalCaptionsMeanSomethingElseEach) {
  WorldOptions options = tiny_world();
  options.test = 500;
  const WorldPlan plan = plan_world(options);
  std::set<std::string> meanings;
  for (const MediaFile& file : plan.media) {
    if (file.path.starts_with("eval/msrvtt/")) meanings.insert(meaning_of(std::get<Scene>(file.content)));
  }
  EXPECT_EQ(meanings.size(), 500U);
  EXPECT_EQ(plan.counts["msrvtt"]["ceiling_r1"], 1.0);
}

TEST(WorldPlan, AmbiguousCaptionsLowerTheCeiling) {
  WorldOptions options = tiny_world();
  options.test = 8000;  // more clips than meanings
  const double ceiling = plan_world(options).counts["msrvtt"]["ceiling_r1"];
  EXPECT_LT(ceiling, 1.0);
  EXPECT_GT(ceiling, 0.2);
}

TEST(WorldPlan, TheAnswerOfAChoiceIsWhatHappens) {
  const WorldPlan plan = plan_world(tiny_world());
  std::istringstream lines(text_of(plan, "eval/ssv2-mc/ssv2_mc.jsonl"));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto choice = nlohmann::json::parse(line);
    const std::set<std::string> options(choice["options"].begin(), choice["options"].end());
    EXPECT_EQ(options.size(), 17U);
    const std::string answer = choice["options"][choice["answer"].get<std::size_t>()];
    EXPECT_EQ(count == 0, answer.find(" left") != std::string::npos) << answer;  // clips go through the kinds in turn
  }
  EXPECT_EQ(count, kEventKindCount);
}

TEST(WorldPlan, AnnotationsHaveTheFormOfYtTemporal) {
  const WorldPlan plan = plan_world(tiny_world());
  const auto json =
      nlohmann::json::parse(text_of(plan, "narrated/videos/subset_0/annotations/narrated_train_000000.json"));
  EXPECT_TRUE(json["subtitles"][0]["word"].is_string());
  EXPECT_TRUE(json["subtitles"][0]["time"].is_number());
  EXPECT_TRUE(json["denoised"][0]["cleanasr"].is_string());
  EXPECT_GE(json["info"]["duration"], 22.5);
  EXPECT_LE(json["info"]["duration"], 38.5);
}

TEST(WorldPlan, TruthHasALineForEveryClipAndPicture) {
  const WorldPlan plan = plan_world(tiny_world());
  std::size_t lines = 0;
  for (const char* split : {"train", "val", "test"}) {
    const std::string truth = text_of(plan, concat("truth/", split, ".jsonl"));
    lines += static_cast<std::size_t>(std::ranges::count(truth, '\n'));
  }
  EXPECT_EQ(lines, plan.media.size());
}

TEST(WorldPlan, RefusesSizesThatCannotBeEncoded) {
  for (const int side : {0, 30, 65, 4000}) {
    WorldOptions options = tiny_world();
    options.side = side;
    EXPECT_THROW(plan_world(options), Error) << side;
  }
}

}  // namespace
}  // namespace tvts::world

#include "lab/study/world_report.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tvts::test {
namespace {

std::vector<double> repeated(std::vector<double> values, std::size_t times) {
  std::vector<double> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

// The model is right in 3 of 4, text only in 1 of 4, the model with shuffled frames as often as in order.
WorldResults planted() {
  TaskResult hits = {.key = "kinds", .title = "kind of motion", .chance = 25, .ceiling = 90};
  hits.items = std::vector<std::string>(40, "clip");
  hits.systems = {{kModel, repeated({100, 100, 100, 0}, 10)},
                  {kFramesShuffled, repeated({100, 0, 100, 100}, 10)},
                  {kTextOnly, repeated({100, 0, 0, 0}, 10)}};
  TaskResult rank = {.key = "rank", .title = "median rank", .unit = Unit::kRank, .chance = 20.5};
  rank.items = hits.items;
  rank.systems = {{kModel, repeated({1, 2, 3, 4}, 10)}, {kTextOnly, repeated({20.5}, 40)}};
  return {.world = "w", .model = "m", .tasks = {hits, rank}};
}

bool has_note(const Table& table, const std::string& start, const std::string& part) {
  return std::ranges::any_of(table.notes, [&](const std::string& note) {
    return note.starts_with(start) && note.find(part) != std::string::npos;
  });
}

TEST(WorldReport, GainsAreOverEveryControlOfWhatIsNoRank) {
  const std::vector<Gain> gains = gains_over_controls(planted());
  ASSERT_EQ(gains.size(), 2U);
  EXPECT_EQ(gains[0].control, kFramesShuffled);
  EXPECT_EQ(gains[0].interval.mean, 0);
  EXPECT_FALSE(gains[0].is_clear());
  EXPECT_EQ(gains[1].interval.mean, 50);
  EXPECT_TRUE(gains[1].is_clear());
}

TEST(WorldReport, TablesNameTheControlsThatAreNotBeaten) {
  const Table gains = world_tables(planted()).at(1);
  EXPECT_TRUE(has_note(gains, "NOT better than frames shuffled", "kind of motion"));
  EXPECT_FALSE(has_note(gains, "NOT better than text only", ""));
}

TEST(WorldReport, TableShowsEverySystemAndADashWhereThereIsNone) {
  const Table table = world_tables(planted()).at(0);
  EXPECT_EQ(table.columns,
            (std::vector<std::string>{"Test", "Items", "Chance", "Ceiling", kModel, kFramesShuffled, kTextOnly}));
  EXPECT_EQ(table.rows[0][4].text, "75.0");
  EXPECT_EQ(table.rows[1][4].text, "2.5");
  EXPECT_TRUE(table.rows[1][5].is_missing);
}

TEST(WorldReport, JsonHoldsEveryItem) {
  const auto json = world_json(planted());
  const auto& task = json["tasks"][0];
  EXPECT_EQ(task["systems"][kModel], 75.0);
  EXPECT_EQ(task["ceiling"], 90.0);
  EXPECT_EQ(task["items"][kTextOnly].size(), 40U);
  EXPECT_EQ(task["gains"][kTextOnly]["mean"], 50.0);
  EXPECT_TRUE(json["tasks"][1]["ceiling"].is_null());
  EXPECT_TRUE(json["tasks"][1]["gains"].empty());
}

}  // namespace
}  // namespace tvts::test

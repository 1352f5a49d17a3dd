// Two runs, item by item.
#include "tvts/evaluate/results/compare.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

WrittenEvaluation written(const std::vector<double>& ranks, const std::string& split = "s") {
  WrittenEvaluation result = {.benchmark = "msrvtt", .split_sha256 = split};
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    result.items.push_back({.question = "t2v",
                            .video = concat("v", i),
                            .text = "the same text",
                            .credit = ranks[i] == 1 ? 100.0 : 0.0,
                            .rank = ranks[i]});
  }
  return result;
}

TEST(Compare, CountsWhoIsRightAndWhoRanksBetter) {
  const Comparison comparison = compare_evaluations(written({1, 1, 7, 3}), written({1, 2, 1, 9}));
  ASSERT_EQ(comparison.questions.size(), 1U);
  const QuestionComparison& one = comparison.questions[0];
  EXPECT_EQ(one.a, 50);
  EXPECT_EQ(one.b, 50);
  EXPECT_EQ(one.credit.a_higher, 1U);
  EXPECT_EQ(one.credit.b_higher, 1U);
  EXPECT_EQ(one.closeness.a_higher, 2U);
  EXPECT_EQ(one.closeness.b_higher, 1U);
  ASSERT_EQ(one.differences.size(), 3U);
  EXPECT_EQ(one.differences[0].video, "v2");
  EXPECT_TRUE(comparison.same_split);
}

TEST(Compare, ItemsAreMatchedByWhatTheyAre) {
  WrittenEvaluation b = written({1, 2, 3}, "other");
  std::swap(b.items[0], b.items[2]);
  b.items.pop_back();  // v0
  const Comparison comparison = compare_evaluations(written({1, 2, 3}), b);
  EXPECT_FALSE(comparison.same_split);
  EXPECT_EQ(comparison.only_a, 1U);
  EXPECT_TRUE(comparison.questions[0].differences.empty());
}

TEST(Compare, AVideoMayHaveTheSameTextTwice) {
  WrittenEvaluation a = written({1, 5}), b = written({1, 5});
  for (WrittenEvaluation* one : {&a, &b}) one->items[1].video = "v0";
  EXPECT_EQ(compare_evaluations(a, b).questions[0].credit.items, 2U);
}

TEST(Compare, RefusesWhatHasNothingInCommon) {
  WrittenEvaluation other = written({1});
  other.items[0].video = "another";
  EXPECT_THROW(compare_evaluations(written({1}), other), Error);
  other.benchmark = "didemo";
  EXPECT_THROW(compare_evaluations(written({1}), other), Error);
}

TEST(Compare, TablesSayTheTestAndTheItems) {
  const Comparison comparison = compare_evaluations(written({1, 1, 7}), written({1, 2, 1}, "x"));
  const std::vector<Table> tables = comparison_tables(comparison, 1);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_NE(text_table(tables[0]).find("NOT the same"), std::string::npos);
  EXPECT_EQ(tables[1].rows.size(), 1U);
  EXPECT_EQ(comparison_json(comparison)["questions"][0]["items_that_differ"].size(), 2U);
}

}  // namespace
}  // namespace tvts

// Features from files, and what is wrong with some.
#include "tvts/evaluate/probe/probe_set.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/evaluate/probe/probe_support.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/npy.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

class ProbeSets : public testing::Test {
 protected:
  std::string features(const std::string& name, std::vector<float> values, std::int64_t columns = 2) {
    const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(values.size()) / columns, columns};
    write_npy(folder_ / name, shape, values);
    return folder_ / name;
  }
  // v.npy with v.jsonl beside it: an item a row, of two numbers.
  std::string store(const std::vector<ItemId>& items) {
    std::string lines;
    std::vector<float> values;
    for (const ItemId& item : items) {
      lines += row_line({.item = item, .info = {}}) + "\n";
      values.insert(values.end(), 2, static_cast<float>(values.size()));
    }
    folder_.add("v.jsonl", lines);
    return features("v.npy", values);
  }
  static ItemId item(const std::string& path, const std::string& label) {
    ItemId id;
    id.path = path;
    id.key = path;
    id.label = label;
    return id;
  }

  test::TemporaryFolder folder_;
};

TEST_F(ProbeSets, BareRowsGetTheirLabelsByOrder) {
  const ProbeSet set = read_feature_rows(features("f.npy", {1, 2, 3, 4}), folder_.add("l.txt", "run\njump\n"));
  EXPECT_TRUE(at::equal(set.features, torch::tensor({{1.0F, 2.0F}, {3.0F, 4.0F}})));
  EXPECT_EQ(set.labels, (std::vector<std::string>{"run", "jump"}));
  EXPECT_EQ(set.items.size(), 2U);
}

TEST_F(ProbeSets, RowCountsThatDifferAreNamed) {
  const std::string path = features("f.npy", {1, 2, 3, 4}), labels = folder_.add("l.txt", "run\n");
  const std::string message = error_text([&] { read_feature_rows(path, labels); });
  EXPECT_TRUE(contains(message, "l.txt: found 1 labels, expected 2, one for each row of")) << message;
}

TEST_F(ProbeSets, NumbersThatAreNotFiniteAreNamedByRow) {
  const std::string path = features("f.npy", {1, 2, 3, std::nanf(""), INFINITY, 1}),
                    labels = folder_.add("l.txt", "a\nb\nc\n");
  const std::string message = error_text([&] { read_feature_rows(path, labels); });
  EXPECT_TRUE(contains(message, "not finite in row 1 (2 such rows")) << message;
}

TEST_F(ProbeSets, RowsOfAStoreCarryTheirOwnLabels) {
  const ProbeSet set = read_feature_store(store({item("a.mp4", "run"), item("b.mp4", "jump")}), nullptr);
  EXPECT_EQ(set.labels, (std::vector<std::string>{"run", "jump"}));
  EXPECT_EQ(set.items[1].path, "b.mp4");
}

TEST_F(ProbeSets, ARowWithoutLabelIsNamed) {
  const std::string path = store({item("a.mp4", "run"), item("b.mp4", "")});
  EXPECT_TRUE(contains(error_text([&] { read_feature_store(path, nullptr); }), "found no label in the row of b.mp4"));
}

TEST_F(ProbeSets, AListOfLabelsPicksRowsAndTellsWhatIsMissing) {
  const LabelsOfItems labels({item("c.mp4", "swim"), item("a.mp4", "jump")}, "list.csv");
  const ProbeSet set = read_feature_store(store({item("a.mp4", "old"), item("b.mp4", "run")}), &labels);
  EXPECT_EQ(set.labels, (std::vector<std::string>{"jump"}));
  EXPECT_TRUE(at::equal(set.features, torch::tensor({{0.0F, 0.0F}})));
  EXPECT_EQ(set.unlabelled, 1U);
  EXPECT_EQ(set.missing, (std::vector<std::string>{"c.mp4"}));
}

TEST_F(ProbeSets, AListThatNamesNoRowIsAnError) {
  const LabelsOfItems labels({item("c.mp4", "swim")}, "list.csv");
  const std::string path = store({item("a.mp4", "old")});
  EXPECT_TRUE(contains(error_text([&] { read_feature_store(path, &labels); }), "found no row with a label among 1"));
}

}  // namespace
}  // namespace tvts

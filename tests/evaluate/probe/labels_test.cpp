// Labels as people have them, and what is no problem for a probe.
#include "tvts/evaluate/probe/labels.h"

#include <gtest/gtest.h>

#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;
using Labels = std::vector<std::string>;

ItemId item(const std::string& path, const std::string& label) {
  ItemId id;
  id.path = path;
  id.label = label;
  return id;
}

// A one-dimensional or two-dimensional .npy of zeros, header by hand.
std::string npy(const std::string& type, const std::string& shape, std::size_t bytes) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  const auto size = static_cast<char>(header.size());
  return std::string("\x93NUMPY\x01\x00", 8) + size + '\0' + header + std::string(bytes, '\0');
}

TEST(RowLabels, AreLinesWithoutMarkAndLineEnds) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(read_row_labels(folder.add("l.txt", "\xEF\xBB\xBFrun\r\njump rope\r\nrun")),
            (Labels{"run", "jump rope", "run"}));
}

TEST(RowLabels, AnEmptyLineIsNamed) {
  const test::TemporaryFolder folder;
  const std::string path = folder.add("l.txt", "run\n\nrun\n");
  EXPECT_TRUE(contains(error_text([&] { read_row_labels(path); }), "l.txt:2: found no label"));
}

TEST(RowLabels, MayBeNumbersOfNumpy) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(read_row_labels(folder.add("l.npy", npy("<i8", "(3,)", 24))), (Labels{"0", "0", "0"}));
}

TEST(RowLabels, ATableOfNumbersIsAProblemOfManyLabels) {
  const test::TemporaryFolder folder;
  const std::string path = folder.add("l.npy", npy("<i8", "(3, 4)", 96));
  EXPECT_TRUE(contains(error_text([&] { read_row_labels(path); }), "several labels"));
}

TEST(RowLabels, RealNumbersAreRegression) {
  const test::TemporaryFolder folder;
  const std::string path = folder.add("l.npy", npy("<f4", "(3,)", 12));
  EXPECT_TRUE(contains(error_text([&] { read_row_labels(path); }), "regression"));
}

TEST(LabelsOfItems, AreFoundByPathAndPart) {
  ItemId part = item("a.mp4", "jump");
  part.start = 2;
  const LabelsOfItems labels({item("a.mp4", "run"), part, item("a.mp4", "run")}, "train.csv");
  EXPECT_EQ(*labels.find(item("a.mp4", "")), "run");
  EXPECT_EQ(*labels.find(part), "jump");
  EXPECT_EQ(labels.find(item("b.mp4", "")), nullptr);
  EXPECT_EQ(labels.items().size(), 2U);
}

TEST(LabelsOfItems, SeveralLabelsOfOneItemAreRefused) {
  const auto with = [](const std::vector<ItemId>& items) {
    return error_text([&] { LabelsOfItems(items, "train.csv"); });
  };
  EXPECT_TRUE(contains(with({item("a.mp4", "run"), item("a.mp4", "jump")}), "a.mp4: found the labels run and jump"));
  EXPECT_TRUE(contains(with({item("a.mp4", R"(["run","jump"])")}), "several labels"));
  EXPECT_TRUE(contains(with({item("a.mp4", "")}), "train.csv: a.mp4: found no label"));
}

TEST(ClassNames, AreSortedByValueWhereAllAreNumbers) {
  EXPECT_EQ(class_names({"10", "9", "10", "2"}, "x"), (Labels{"2", "9", "10"}));
  EXPECT_EQ(class_names({"b", "9", "10"}, "x"), (Labels{"10", "9", "b"}));
}

TEST(ClassNames, OneClassIsNothingToTellApart) {
  EXPECT_TRUE(contains(error_text([] {
                         class_names({"run", "run"}, "train.csv");
                       }),
                       "train.csv: found one class, run"));
}

TEST(ClassNames, QuantitiesAreRegression) {
  EXPECT_TRUE(contains(error_text([] { class_names({"1", "2.5", "3"}, "x"); }), "regression"));
  EXPECT_EQ(class_names({"v1.5", "2.5"}, "x").size(), 2U);  // names with digits are names
}

TEST(ClassIndices, ALabelThatTrainingLacksIsNamedWithItsRow) {
  EXPECT_EQ(class_indices({"b", "a"}, {"a", "b"}, "x"), (std::vector<std::int64_t>{1, 0}));
  const std::string message = error_text([] { class_indices({"b", "c"}, {"a", "b"}, "test.npy"); });
  EXPECT_TRUE(contains(message, "test.npy: found the label c in row 1")) << message;
}

}  // namespace
}  // namespace tvts

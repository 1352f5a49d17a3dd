// Lists of paths and labels, whatever stands in the paths.
#include "tvts/evaluate/benchmarks/path_label.h"

#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

using Split = std::pair<std::string, std::string>;

Split split(const std::string& line) {
  const PathAndLabel found = path_and_label(line);
  return {found.path, found.label};
}

TEST(PathLabel, TheLabelIsTheNumberBehindTheLastSeparator) {
  EXPECT_EQ(split("a/b c.mp4 12"), (Split{"a/b c.mp4", "12"}));
  EXPECT_EQ(split("drinking,tea.mp4 1"), (Split{"drinking,tea.mp4", "1"}));
  EXPECT_EQ(split("lecture, part 2.mp4 1"), (Split{"lecture, part 2.mp4", "1"}));
  EXPECT_EQ(split("lecture (32).mp4 0 "), (Split{"lecture (32).mp4", "0"}));
  EXPECT_EQ(split("lecture, part 2.mp4,3"), (Split{"lecture, part 2.mp4", "3"}));
  EXPECT_EQ(split("lecture 2.mp4, 3\r"), (Split{"lecture 2.mp4", "3"}));
  EXPECT_EQ(split("a b, c.mp4\t3"), (Split{"a b, c.mp4", "3"}));
  EXPECT_EQ(split("a\tb.mp4 3"), (Split{"a\tb.mp4", "3"}));
  EXPECT_EQ(split("scene 1,2 4"), (Split{"scene 1,2", "4"}));
}

TEST(PathLabel, APathInQuotationMarksIsWhatIsBetweenThem) {
  EXPECT_EQ(split("\"a, b.mp4\",3"), (Split{"a, b.mp4", "3"}));
  EXPECT_EQ(split("\"the \"\"best\"\" of.mp4\" 3"), (Split{"the \"best\" of.mp4", "3"}));
  EXPECT_EQ(split("\"\",3"), (Split{"", "3"}));
  EXPECT_EQ(split("\",3"), (Split{"\"", "3"}));
}

TEST(PathLabel, ANameWithoutALabelIsAPath) {
  EXPECT_EQ(split("YoYo/v_YoYo g01, c01.avi"), (Split{"YoYo/v_YoYo g01, c01.avi", ""}));
  EXPECT_EQ(split("name"), (Split{"name", ""}));
}

TEST(PathLabel, WhatIsNoNumberIsALabelForTheMessage) {
  EXPECT_EQ(split("path,label"), (Split{"path", "label"}));
  EXPECT_EQ(split("a.mp4\tx"), (Split{"a.mp4", "x"}));
  EXPECT_EQ(split("a.mp4 -1"), (Split{"a.mp4", "-1"}));
}

class PathLabelLists : public DataFolder {};

TEST_F(PathLabelLists, NamesWithBlanksBracketsAndCommasAreFound) {
  folder_.add("classes.txt", "drinking\nlecture\n");
  folder_.add("k400_val_list_videos.txt",
              "drinking (31).mp4 0\nlecture (32).mp4 1\nlecture, part 2.mp4 1\ndrinking,tea.mp4 0\n");
  for (const char* name : {"drinking (31)", "lecture (32)", "lecture, part 2", "drinking,tea"}) {
    folder_.add(concat("val/", name, ".mp4"));
  }
  const Benchmark benchmark = open("k400", {.form = "path-label"});
  EXPECT_EQ(benchmark.answers, (Numbers{0, 1, 1, 0}));
  for (const BenchmarkVideo& video : benchmark.videos) EXPECT_EQ(video.problem, "");
}

}  // namespace
}  // namespace tvts::test

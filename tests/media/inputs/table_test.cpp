#include "tvts/media/inputs/table.h"

#include <gtest/gtest.h>

#include <random>

#include "tvts/core/error.h"

namespace tvts {
namespace {

std::string refusal_of(std::string_view text, const std::string& name, const InputOptions& options = {}) {
  try {
    read_table(text, name, options);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

MediaItem one_row(std::string_view text, const std::string& name, const InputOptions& options = {}) {
  const auto items = read_table(text, name, options);
  EXPECT_EQ(items.size(), 1U);
  return items.at(0);
}

TEST(Table, ColumnsFillTheItem) {
  const MediaItem item =
      one_row("label,path,end,key,start,caption,other\r\nrun,a.mp4,2.5,k1,1,\"a man, running\",x\r\n", "t.csv");
  EXPECT_EQ(item.path, "a.mp4");
  EXPECT_EQ(item.key, "k1");
  EXPECT_EQ(item.label, "run");
  EXPECT_EQ(item.caption, "a man, running");
  EXPECT_EQ(item.start_seconds, 1.0);
  EXPECT_EQ(item.end_seconds, 2.5);
  EXPECT_EQ(item.error, "");
}

TEST(Table, TabsAndJsonLinesSayTheSame) {
  for (const auto& [text, name] : {std::pair{"path\tstart\na b.mp4\t3\n", "t.tsv"},
                                   std::pair{"{\"path\": \"a b.mp4\", \"start\": 3}\n\n", "t.jsonl"}}) {
    const MediaItem item = one_row(text, name);
    EXPECT_EQ(item.path, "a b.mp4");
    EXPECT_EQ(item.start_seconds, 3.0);
    EXPECT_EQ(item.end_seconds, std::nullopt);
  }
}

TEST(Table, EmptyAndNullPartsAreNoParts) {
  EXPECT_EQ(one_row("path,start,end\na,,\n", "t.csv").start_seconds, std::nullopt);
  EXPECT_EQ(one_row(R"({"path": "a", "start": null, "caption": null})", "t.jsonl").start_seconds, std::nullopt);
}

TEST(Table, ColumnsMayHaveOtherNames) {
  InputOptions options;
  options.path_column = "video";
  options.caption_column = "sentence";
  EXPECT_EQ(one_row("video,sentence\na,b\n", "t.csv", options).caption, "b");
}

TEST(Table, AMissingPathColumnIsAnErrorThatNamesWhatIsThere) {
  EXPECT_EQ(refusal_of("video,text\na,b\n", "t.csv"),
            "t.csv:1: found the columns video, text; expected one named path");
}

TEST(Table, AColumnThatWasAskedForByNameHasToBeThere) {
  InputOptions options;
  options.start_column = "from";
  EXPECT_NE(refusal_of("path,start\na,1\n", "t.csv", options).find("from"), std::string::npos);
}

TEST(Table, ARowThatCannotBeUsedIsAnItemWithFileAndLine) {
  const auto items =
      read_table("path,start,end\na,x,1\nb,1\n,1,2\nc,2,1\nd,-1,\ne,inf,\nf,1e999,\ng,1,2\n", "t.csv", {});
  ASSERT_EQ(items.size(), 8U);
  // Named by their line numbers: they must not stand for the whole of the videos of which they name a part.
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(items[i].path, "t.csv:" + std::to_string(i + 2));
    EXPECT_TRUE(items[i].error.starts_with("found ")) << items[i].error;
  }
  EXPECT_NE(items[0].error.find("(a)"), std::string::npos) << items[0].error;
  EXPECT_EQ(items[7].error, "");
}

TEST(Table, ALineThatIsNoJsonObjectIsAnItemWithFileAndLine) {
  const auto items =
      read_table("{\"path\": \"a\"}\n{\"path\": \n[1]\n{\"path\": 3}\n\"x\"\n{\"path\": \"\xE9\"}\n", "t.jsonl", {});
  ASSERT_EQ(items.size(), 6U);
  EXPECT_EQ(items[0].error, "");
  for (std::size_t i = 1; i < items.size(); ++i) {
    EXPECT_EQ(items[i].path, "t.jsonl:" + std::to_string(i + 1));
    EXPECT_NE(items[i].error, "");
  }
}

TEST(Table, PartsMayBeGivenAsHoursMinutesAndSeconds) {
  const MediaItem item = one_row("path,start,end\na,00:01:00.500,1:02:03\n", "t.csv");
  EXPECT_EQ(item.start_seconds, 60.5);
  EXPECT_EQ(item.end_seconds, 3723);
}

TEST(Table, APartInDoubtIsAnErrorThatSaysWhy) {
  const auto error_of = [](const std::string& start) {
    return one_row("path;start\na;" + start + "\n", "t.csv").error;
  };
  EXPECT_NE(error_of("0:01").find("hours or minutes"), std::string::npos) << error_of("0:01");
  EXPECT_NE(error_of("0,5").find("comma"), std::string::npos) << error_of("0,5");
  for (const char* start : {"1:60:00", "1:2:03", ":00:01", "00:00:", "00:00:01.", "1:2:3:4", "-1", "nan", "1e999"}) {
    EXPECT_NE(error_of(start), "") << start;
  }
}

TEST(Table, JsonAsPythonWritesItIsRead) {
  const MediaItem item = one_row(R"({"path": "a", "caption": "c", "views": NaN, "title": "\ud83d"})", "t.jsonl");
  EXPECT_EQ(item.error, "");
  EXPECT_EQ(item.caption, "c");
  for (const char* line :
       {R"({"path": "a", "start": NaN})", R"({"path": "a", "caption": NaN})", R"({"path": "a", "caption": "\ud83d"})",
        R"({"path": NaN})", R"({"path": "a", "end": 1e999})"}) {
    EXPECT_NE(one_row(line, "t.jsonl").error, "") << line;
  }
}

TEST(Table, ReadsTheLinesOfFailuresThatWeWrite) {
  const MediaItem item = one_row(
      "{\"key\":\"k\",\"path\":\"\xEF\xBF\xBD.mp4\",\"path_bytes\":\"e92e6d7034\",\"status\":\"failed\","
      "\"error_message\":\"m\",\"size\":1,\"mtime\":2,\"item_start\":1.5,\"item_end\":3}",
      "v.errors.jsonl");
  EXPECT_EQ(item.path, "\xE9.mp4");
  EXPECT_EQ(item.key, "k");
  EXPECT_EQ(item.start_seconds, 1.5);
  EXPECT_EQ(item.end_seconds, 3.0);
  EXPECT_EQ(item.error, "");
}

TEST(Table, DeepJsonIsRefusedOrReadWithoutFillingTheStack) {
  const std::string deep = "{\"path\":" + std::string(200000, '[') + "\n";
  EXPECT_NE(one_row(deep, "t.jsonl").error, "");
}

struct Row {
  std::string path, caption;
  bool operator==(const Row&) const = default;
};
using Rows = std::vector<Row>;

// The path "!" stands for a row with an error.
Rows rows_of(std::string_view text, const std::string& name) {
  Rows rows;
  for (const MediaItem& item : read_table(text, name, {})) {
    rows.push_back(item.error.empty() ? Row{item.path, item.caption} : Row{"!", ""});
  }
  return rows;
}

TEST(Table, ACaptionThatBeginsWithAMarkCostsNoOtherRow) {
  EXPECT_EQ(rows_of("path,caption\na.mp4,x\nb.mp4,\"Stop\" he says\nc.mp4,y\n", "t.csv"),
            (Rows{{"a.mp4", "x"}, {"b.mp4", "Stop he says"}, {"c.mp4", "y"}}));
  EXPECT_EQ(rows_of("path,caption\na.mp4,x\nb.mp4,\"Stop, he says\nc.mp4,y\n", "t.csv"),
            (Rows{{"a.mp4", "x"}, {"!", ""}, {"c.mp4", "y"}}));
  EXPECT_EQ(rows_of("path\tcaption\na.mp4\tx\nb.mp4\t\"Stop, he says\nc.mp4\t\"Go\" she says\n", "t.tsv"),
            (Rows{{"a.mp4", "x"}, {"b.mp4", "\"Stop, he says"}, {"c.mp4", "\"Go\" she says"}}));
}

// By the letter of RFC 4180 the last two are one row, whose caption holds a line end.
TEST(Table, AMarkThatAnotherRowSeemsToCloseSwallowsNone) {
  EXPECT_EQ(rows_of("path,caption\na.mp4,\"Stop, he says\nb.mp4,6\"\nc.mp4,y\n", "t.csv"),
            (Rows{{"!", ""}, {"b.mp4", "6\""}, {"c.mp4", "y"}}));
  EXPECT_EQ(rows_of("path\tcaption\na.mp4\t\"Stop\r\nb.mp4\t6\"\r\n", "t.tsv"),
            (Rows{{"a.mp4", "\"Stop"}, {"b.mp4", "6\""}}));
}

TEST(Table, ACaptionOfSeveralLinesIsOne) {
  EXPECT_EQ(rows_of("path,caption\na.mp4,\"one\ntwo, three\"\nb.mp4,y\n", "t.csv"),
            (Rows{{"a.mp4", "one\ntwo, three"}, {"b.mp4", "y"}}));
}

TEST(Table, SemicolonsTabsAndBlanksAreReadWhereTheHeaderSaysSo) {
  const Rows expected = {{"a.mp4", "a clock, counting"}};
  EXPECT_EQ(rows_of("path;caption\r\na.mp4;a clock, counting\r\n", "t.csv"), expected);
  EXPECT_EQ(rows_of("sep=;\r\npath;caption\r\na.mp4;a clock, counting\r\n", "t.csv"), expected);
  EXPECT_EQ(rows_of("path\tcaption\na.mp4\ta clock, counting\n", "t.csv"), expected);
  EXPECT_EQ(rows_of("path,caption\na.mp4,\"a clock, counting\"\n", "t.tsv"), expected);
  EXPECT_EQ(rows_of("path, caption\na.mp4, \"a clock, counting\"\n", "t.csv"), expected);
  EXPECT_EQ(rows_of("path , caption\na.mp4 , a clock\n", "t.csv"), (Rows{{"a.mp4", "a clock"}}));
  EXPECT_EQ(rows_of(",path,caption\n0,a.mp4,\"a clock, counting\"\n", "t.csv"), expected);
}

TEST(Table, EmptyFieldsPastTheHeaderAreNothing) {
  EXPECT_EQ(rows_of("path,caption\na.mp4,x,,\nb.mp4,x,y\n", "t.csv"), (Rows{{"a.mp4", "x"}, {"!", ""}}));
}

TEST(Table, AHeaderThatDoesNotFitSaysWhatIsLikelyWrong) {
  EXPECT_EQ(refusal_of("video;text\na;b\n", "t.csv"),
            "t.csv:1: found the columns video, text; expected one named path");
  EXPECT_NE(refusal_of("a.mp4,a clock\nb.mp4,y\n", "t.csv").find("has to be a header"), std::string::npos);
  EXPECT_NE(refusal_of("path,caption,path\na,b,c\n", "t.csv").find("twice"), std::string::npos);
}

TEST(Table, AnEmptyTableHasNoRows) {
  EXPECT_TRUE(read_table("", "t.csv", {}).empty());
  EXPECT_TRUE(read_table("path\n", "t.csv", {}).empty());
  EXPECT_TRUE(read_table("\n\n", "t.jsonl", {}).empty());
}

TEST(Table, FlippedBytesGiveRowsOrAnErrorAndNothingElse) {
  const std::string csv = "path,start,end,caption\na.mp4,1,2.5,\"a \"\"b\"\"\"\nc.mp4,,,x\n";
  const std::string jsonl =
      "{\"path\":\"a\",\"path_bytes\":\"e9\",\"start\":1.5,\"caption\":\"x\"}\n{\"path\":\"b\"}\n";
  std::mt19937 random(5);
  for (int trial = 0; trial < 4000; ++trial) {
    for (const auto& [text, name] : {std::pair{csv, "t.csv"}, std::pair{jsonl, "t.jsonl"}}) {
      std::vector<char> broken(text.begin(), text.end());
      for (int flip = 0; flip < 3; ++flip) broken[random() % broken.size()] = static_cast<char>(random());
      broken.resize(random() % 4 == 0 ? random() % broken.size() : broken.size());
      refusal_of({broken.data(), broken.size()}, name);
    }
  }
}

}  // namespace
}  // namespace tvts

#include "tvts/data/table.h"

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
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_TRUE(items[i].error.starts_with("t.csv:" + std::to_string(i + 2) + ": ")) << items[i].error;
  }
  EXPECT_EQ(items[0].path, "a");
  EXPECT_EQ(items[1].path, "b");
  EXPECT_EQ(items[2].path, "t.csv:4");
  EXPECT_EQ(items[7].error, "");
}

TEST(Table, ALineThatIsNoJsonObjectIsAnItemWithFileAndLine) {
  const auto items =
      read_table("{\"path\": \"a\"}\n{\"path\": \n[1]\n{\"path\": 3}\n\"x\"\n{\"path\": \"\xE9\"}\n", "t.jsonl", {});
  ASSERT_EQ(items.size(), 6U);
  EXPECT_EQ(items[0].error, "");
  for (std::size_t i = 1; i < items.size(); ++i) {
    EXPECT_TRUE(items[i].error.starts_with("t.jsonl:" + std::to_string(i + 1) + ": ")) << items[i].error;
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

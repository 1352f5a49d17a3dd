// The files written beside an embedding: single files and token files.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/temporary_folder.h"
#include "tvts/core/npy.h"
#include "tvts/features/npy_output.h"
#include "tvts/features/token_output.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

EmbeddedItem good(const std::string& path, std::vector<std::vector<float>> rows) {
  EmbeddedItem item;
  item.item.path = path;
  for (auto& row : rows) item.result.rows.push_back({.embedding = std::move(row), .info = {}});
  return item;
}

EmbeddedItem failed(const std::string& path) {
  EmbeddedItem item;
  item.item.path = path;
  item.result = {.rows = {}, .status = "unreadable", .error_message = "not one frame"};
  return item;
}

std::size_t lines_in(const std::string& path) {
  const std::string text = test::read_text(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

class Outputs : public testing::Test {
 protected:
  // A whole run into v.npy, of rows with two values.
  void write(const std::vector<EmbeddedItem>& items) const {
    NpyOutput output(folder_ / "v.npy", 2);
    for (const EmbeddedItem& item : items) output.add(item);
    output.finish();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(folder_.path())) names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  test::TemporaryFolder folder_;
};

TEST_F(Outputs, ALineOfJsonStandsForEveryRow) {
  write({good("a.mp4", {{1, 2}, {3, 4}}), good("b.mp4", {{5, 6}})});
  const NpyArray values = read_npy(folder_ / "v.npy");
  EXPECT_EQ(values.shape, (std::vector<std::int64_t>{3, 2}));
  EXPECT_EQ(to_float32(values, "v"), (std::vector<float>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(lines_in(folder_ / "v.jsonl"), 3U);
  EXPECT_EQ(files(), (std::vector<std::string>{"v.jsonl", "v.npy"}));
}

TEST_F(Outputs, AFailureHasALineInTheErrorsFileAndNoRow) {
  write({failed("a.mp4"), good("b.mp4", {{5, 6}})});
  EXPECT_EQ(read_npy(folder_ / "v.npy").shape, (std::vector<std::int64_t>{1, 2}));
  const std::string text = test::read_text(folder_ / "v.errors.jsonl");
  EXPECT_EQ(parse_error_line(text.substr(0, text.find('\n'))).path, "a.mp4");
  EXPECT_EQ(lines_in(folder_ / "v.errors.jsonl"), 1U);
}

TEST_F(Outputs, NothingAppearsBeforeTheEndAndNothingStaysOfAnAbandonedRun) {
  {
    NpyOutput output(folder_ / "v.npy", 2);
    output.add(good("a.mp4", {{1, 2}}));
    output.add(failed("b.mp4"));
    for (const char* name : {"v.npy", "v.jsonl", "v.errors.jsonl"}) EXPECT_FALSE(fs::exists(folder_ / name)) << name;
  }
  EXPECT_TRUE(files().empty());
}

TEST_F(Outputs, AnErrorsFileOfAnEarlierRunGoesWhenNothingFails) {
  folder_.add("v.errors.jsonl", "{}\n");
  write({});
  EXPECT_EQ(files(), (std::vector<std::string>{"v.jsonl", "v.npy"}));
}

TEST_F(Outputs, ANameBesideKeepsTheFolder) { EXPECT_EQ(beside("dir.npy/v.npy", ".jsonl"), "dir.npy/v.jsonl"); }

TEST_F(Outputs, TokenFilesAreNamedInTheRowsAndDifferFromItemToItem) {
  EmbeddedItem a = good("a.mp4", {{1, 2}, {3, 4}}), part = good("a.mp4", {{1, 2}});
  part.item.start_seconds = 1;
  for (EmbeddedItem* item : {&a, &part}) {
    for (std::size_t row = 0; row < item->result.rows.size(); ++row) {
      item->tokens.push_back({.tokens = at::ones({5, 2}), .frames = at::ones({4, 2})});
    }
    write_tokens(*item, folder_ / "v.tokens", "v.tokens/");
  }
  std::vector<std::string> names;
  for (const EmbeddedItem* item : {&a, &part}) {
    for (const EmbeddedRow& row : item->result.rows) names.push_back(row.info.tokens);
  }
  for (const std::string& name : names) EXPECT_TRUE(fs::exists(folder_ / name)) << name;
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace tvts

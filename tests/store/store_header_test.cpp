#include "tvts/store/store_header.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

TEST(StoreHeader, ReadsWhatItWrote) {
  StoreFolder folder;
  StoreHeader header = test::header();
  header.window_seconds = 0.1;
  header.normalize = false;
  write_file(folder / "tvts.json", to_json(header));
  EXPECT_EQ(read_store_header(folder / "tvts.json"), header);
  EXPECT_TRUE(is_store_header(folder / "tvts.json"));
}

TEST(StoreHeader, ADefectNamesTheFileAndTheField) {
  StoreFolder folder;
  const std::string path = folder / "tvts.json";
  const auto error_with = [&](const std::string& from, const std::string& to) {
    std::string text = to_json(header());
    text.replace(text.find(from), from.size(), to);
    write_file(path, text);
    return error_text([&] { read_store_header(path); });
  };
  EXPECT_TRUE(contains(error_with("\"version\": 1", "\"version\": 2"), "version 2"));
  EXPECT_TRUE(contains(error_with("\"embed_dim\": 5", "\"embed_dim\": 0"), "embed_dim"));
  EXPECT_TRUE(contains(error_with("\"embed_dim\": 5", "\"embed_dim\": 1e300"), "embed_dim"));
  EXPECT_TRUE(contains(error_with("\"embed_dim\": 5", "\"embed_dim\": 18446744073709551615"), "embed_dim"));
  EXPECT_TRUE(contains(error_with("\"pool\": \"cls\"", "\"pool\": 3"), "pool"));
  EXPECT_TRUE(contains(error_with("\"pool\": \"cls\",", ""), "pool"));
  EXPECT_TRUE(contains(error_with("\"pool\"", "\"pool"), path));
}

TEST(StoreHeader, OtherFilesAreNoHeaders) {
  StoreFolder folder;
  write_file(folder / "a", "[1]");
  write_file(folder / "b", "{\"format\": 3}");
  EXPECT_FALSE(is_store_header(folder / "a"));
  EXPECT_FALSE(is_store_header(folder / "b"));
  EXPECT_FALSE(is_store_header(folder / "absent"));
}

}  // namespace
}  // namespace tvts::test

#include "tvts/store/store_reader.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

class StoreReader : public testing::Test {
 protected:
  void SetUp() override { run(folder_ / "out", items(7)); }

  // What opening says when one file has that content.
  std::string error_with(const std::string& name, const std::string& content) {
    write_file(folder_ / ("out/" + name), content);
    return error_text([&] { Store::open(folder_ / "out"); });
  }

  std::string content_of(const std::string& name) { return read_file(folder_ / ("out/" + name)); }

  StoreFolder folder_;
  const std::string npy_ = "video_emb/video_emb_00000.npy";
  const std::string jsonl_ = "metadata/metadata_00000.jsonl";
};

TEST_F(StoreReader, HasTheRowsThatWereWritten) {
  const Store store = Store::open(folder_ / "out");
  EXPECT_EQ(store.header(), header());
  EXPECT_EQ(store.videos(), 7U);
  std::size_t row = 0;
  for (const ItemId& item : items(7)) {
    for (const EmbeddedRow& expected : embed(item).rows) {
      const auto embedding = store.embedding(row);
      EXPECT_EQ(std::vector<float>(embedding.begin(), embedding.end()), expected.embedding);
      EXPECT_EQ(store.describe(row), (StoredRow{seen_here(item), expected.info, Mark::kNone}));
      EXPECT_EQ(store.neutral(row), expected.info.neutral);
      ++row;
    }
  }
  EXPECT_EQ(row, store.size());
}

TEST_F(StoreReader, OpensOneFileWithItsRowsBesideIt) {
  std::filesystem::copy(folder_ / ("out/" + npy_), folder_ / "v.npy");
  std::filesystem::copy(folder_ / ("out/" + jsonl_), folder_ / "v.jsonl");
  const Store store = Store::open(folder_ / "v.npy");
  EXPECT_FALSE(store.header());
  EXPECT_EQ(store.dim(), kDim);
  EXPECT_EQ(store.videos(), 5U);
}

TEST_F(StoreReader, AFolderWithoutAStoreIsAnError) {
  std::filesystem::create_directory(folder_ / "empty");
  EXPECT_TRUE(contains(error_text([&] { Store::open(folder_ / "empty"); }), "tvts embed"));
  EXPECT_FALSE(error_text([&] { Store::open(folder_ / "absent"); }).empty());
}

TEST_F(StoreReader, ALineThatIsNoRowIsAnErrorWithFileAndLine) {
  std::string lines = content_of(jsonl_);
  lines.insert(lines.find('\n') + 1, "not json ");
  EXPECT_TRUE(contains(error_with(jsonl_, lines), "metadata_00000.jsonl:2: "));
}

TEST_F(StoreReader, AnImpossibleRowIsAnErrorWithFileAndLine) {
  const std::string lines = content_of(jsonl_);
  const std::size_t second = lines.find('\n') + 1;
  std::string broken = lines;
  broken.insert(broken.find("\"end\":", second) + 6, "-");
  const std::string error = error_with(jsonl_, broken);
  EXPECT_TRUE(contains(error, "metadata_00000.jsonl:2: ")) << error;
  EXPECT_TRUE(contains(error, "\"end\"")) << error;
}

TEST_F(StoreReader, ARowThatIsThereTwiceIsAnErrorWithItsLine) {
  std::string lines = content_of(jsonl_);
  const std::size_t first = lines.find('\n') + 1, second = lines.find('\n', first) + 1;
  lines.replace(first, second - first, lines.substr(0, first));
  const std::string error = error_with(jsonl_, lines);
  EXPECT_TRUE(contains(error, "metadata_00000.jsonl:2: a second row of clip0.mp4")) << error;
}

TEST_F(StoreReader, MoreOrFewerLinesThanRowsAreAnError) {
  const std::string lines = content_of(jsonl_);
  EXPECT_TRUE(contains(error_with(jsonl_, lines + lines), "expected one for each"));
  EXPECT_TRUE(contains(error_with(jsonl_, lines.substr(0, lines.find('\n') + 1)), "found 1 lines"));
}

TEST_F(StoreReader, ANumberThatIsNotFiniteIsAnErrorWithItsLine) {
  std::string bytes = content_of(npy_);
  bytes.replace(bytes.size() - 4, 4, std::string("\0\0\xc0\x7f", 4));
  EXPECT_TRUE(contains(error_with(npy_, bytes), "not finite"));
  bytes.replace(bytes.size() - 4, 4, std::string("\0\0\x80\xff", 4));
  EXPECT_TRUE(contains(error_with(npy_, bytes), "not finite"));
}

TEST_F(StoreReader, ANpyFileCutAnywhereIsAnError) {
  const std::string bytes = content_of(npy_);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(error_with(npy_, bytes.substr(0, size)).empty()) << size << " bytes";
  }
}

TEST_F(StoreReader, AMetadataFileCutAnywhereIsAnErrorUnlessOnlyItsLineEndIsMissing) {
  const std::string lines = content_of(jsonl_);
  for (std::size_t size = 0; size < lines.size() - 1; ++size) {
    ASSERT_FALSE(error_with(jsonl_, lines.substr(0, size)).empty()) << size << " bytes";
  }
}

TEST_F(StoreReader, AnyFlippedHeaderByteIsAnErrorOrHarmless) {
  const std::string bytes = content_of(npy_);
  for (std::size_t at = 0; at < 128; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      error_with(npy_, flipped);
    }
  }
}

TEST_F(StoreReader, AFileThatIsCutShortWhileItIsOpenIsAnError) {
  const Store store = Store::open(folder_ / "out");
  EXPECT_NO_THROW(store.check_sizes());
  std::filesystem::resize_file(folder_ / ("out/" + npy_), 200);
  std::filesystem::resize_file(folder_ / ("out/" + jsonl_), 3);
  EXPECT_TRUE(contains(error_text([&] { store.check_sizes(); }), npy_));
  EXPECT_EQ(store.describe(0).item.path, "clip0.mp4");  // what was parsed is a copy
}

TEST_F(StoreReader, ShapesThatDoNotFitTheFileAreErrors) {
  for (const char* shape : {"(18446744073709551615, 5)", "(4611686018427387904, 4)", "(0, 5)", "(5, 0)", "(10, 6)",
                            "(99999999999999999999, 5)", "(10,)", "(10, 5, 1)", "()", "("}) {
    std::string bytes = content_of(npy_);
    const std::size_t begin = bytes.find('('), end = bytes.find(')') + 1;
    const std::size_t length = std::string(shape).size();
    bytes.replace(begin, std::max(end - begin, length),
                  shape + std::string(length < end - begin ? end - begin - length : 0, ' '));
    EXPECT_FALSE(error_with(npy_, bytes).empty()) << shape;
  }
}

}  // namespace
}  // namespace tvts::test

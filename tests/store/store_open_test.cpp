// The folders that a writer opens.
#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

TEST(StoreOpen, AnotherModelOrOptionIsAnErrorThatNamesBothValues) {
  StoreFolder folder;
  run(folder / "out", items(1));
  StoreHeader other = header();
  other.model_sha256 = std::string(64, 'b');
  other.num_frames = 8;
  other.window_seconds = 2.5;
  const std::string message = error_text([&] { StoreWriter(folder / "out", other, {}); });
  EXPECT_TRUE(contains(message, std::string(64, 'a'))) << message;
  EXPECT_TRUE(contains(message, std::string(64, 'b'))) << message;
  EXPECT_TRUE(contains(message, "num_frames 12 there, 8 asked")) << message;
  EXPECT_TRUE(contains(message, "window_seconds null there, 2.5 asked")) << message;
  EXPECT_TRUE(contains(message, "--overwrite")) << message;
}

TEST(StoreOpen, TheSameModelAtAnotherPathIsTheSameModel) {
  StoreFolder folder;
  run(folder / "out", items(1));
  StoreHeader moved = header();
  moved.model_path = "/elsewhere/m.safetensors";
  EXPECT_NO_THROW(StoreWriter(folder / "out", moved, {}));
}

TEST(StoreOpen, TwoWritersOfOneFolderAreRefused) {
  StoreFolder folder;
  const StoreWriter first(folder / "out", header(), {});
  const std::string message = error_text([&] { StoreWriter(folder / "out", header(), {}); });
  EXPECT_TRUE(contains(message, "another process is writing")) << message;
}

TEST(StoreOpen, AFolderOfOtherThingsIsLeftAloneEvenWhenOverwriting) {
  StoreFolder folder;
  write_file(folder / "photos/video_emb/video_emb_00000.npy", "precious");
  const auto before = snapshot(folder / "photos");
  StoreOptions options;
  options.overwrite = true;
  const std::string message = error_text([&] { StoreWriter(folder / "photos", header(), options); });
  EXPECT_TRUE(contains(message, "holds no embedding store")) << message;
  EXPECT_EQ(snapshot(folder / "photos"), before);
}

TEST(StoreOpen, OverwritingLeavesAStoreOfTheNewInputsAlone) {
  StoreFolder folder;
  run(folder / "fresh", items(3));
  auto longer = items(20);
  longer[2] = item("bad.mp4");
  run(folder / "out", longer);
  StoreOptions options = small_shards();
  options.overwrite = true;
  run(folder / "out", items(3), options);
  EXPECT_EQ(snapshot(folder / "out"), snapshot(folder / "fresh"));
}

TEST(StoreOpen, OverwritingKeepsFilesThatAreNotOfTheStore) {
  StoreFolder folder;
  run(folder / "out", items(3));
  write_file(folder / "out/notes.txt", "mine");
  write_file(folder / "out/video_emb/index.faiss", "mine too");
  StoreOptions options = small_shards();
  options.overwrite = true;
  run(folder / "out", items(1), options);
  EXPECT_EQ(read_file(folder / "out/notes.txt"), "mine");
  EXPECT_EQ(read_file(folder / "out/video_emb/index.faiss"), "mine too");
}

TEST(StoreOpen, LeftTemporaryFilesAreRemoved) {
  StoreFolder folder;
  run(folder / "out", items(3));
  const auto before = snapshot(folder / "out");
  write_file(folder / "out/metadata/metadata_00000.jsonl.123.part", "half");
  write_file(folder / "out/errors.jsonl.123.part", "half");
  write_file(folder / "out/video_emb/video_emb_00001.npy", "of an unfinished shard");
  run(folder / "out", items(3));
  EXPECT_EQ(snapshot(folder / "out"), before);
}

TEST(StoreOpen, APathThatIsAFileIsAnError) {
  StoreFolder folder;
  write_file(folder / "file", "x");
  EXPECT_THROW(StoreWriter(folder / "file", header(), {}), Error);
}

}  // namespace
}  // namespace tvts::test

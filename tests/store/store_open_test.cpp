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

TEST(StoreOpen, OverwritingWithInputsThatAllFailLeavesTheStoreAsItWas) {
  StoreFolder folder;
  run(folder / "out", items(7));
  const auto before = snapshot(folder / "out");
  StoreOptions options = small_shards();
  options.overwrite = true;
  const RunResult result = run(folder / "out", {item("bad1.mp4"), item("bad2.mp4")}, options);
  EXPECT_TRUE(result.summary.left_as_was);
  EXPECT_EQ(result.summary.failed, 2U);
  EXPECT_EQ(snapshot(folder / "out"), before);
}

TEST(StoreOpen, OverwritingAStoreOfFailuresAloneLeavesTheNewFailures) {
  StoreFolder folder;
  StoreOptions options = small_shards();
  options.overwrite = true;
  run(folder / "fresh", {item("bad2.mp4")});
  EXPECT_FALSE(run(folder / "out", {item("bad1.mp4")}, options).summary.left_as_was);
  EXPECT_TRUE(contains(read_file(folder / "out/errors.jsonl"), "bad1.mp4"));
}

TEST(StoreOpen, OverwritingPutsTokensOfItsRowsInPlaceAtItsEnd) {
  StoreFolder folder;
  run(folder / "out", items(3));
  write_file(folder / "out/token_emb/a.npz", "old");
  StoreOptions options = small_shards();
  options.overwrite = true;
  {
    StoreWriter writer(folder / "out", header(), options);
    const StorePlan plan = writer.plan(items(2));
    write_file(writer.dir() + "/token_emb/a.npz", "new");
    for (const auto& group : plan.groups) writer.add_group(embed_group(items(2), group));
    EXPECT_EQ(read_file(folder / "out/token_emb/a.npz"), "old");
    writer.finish();
  }
  EXPECT_EQ(read_file(folder / "out/token_emb/a.npz"), "new");
}

TEST(StoreOpen, ADamagedHeaderIsAnErrorThatSaysWhatToDo) {
  StoreFolder folder;
  run(folder / "out", items(3));
  const std::string whole = read_file(folder / "out/tvts.json");
  for (const std::string& content : {std::string(), whole.substr(0, whole.size() / 2)}) {
    write_file(folder / "out/tvts.json", content);
    const auto before = snapshot(folder / "out");
    const auto write = [&] { StoreWriter(folder / "out", header(), {}); };
    const auto open = [&] { Store::open(folder / "out"); };
    for (const std::string& message : {error_text(write), error_text(open)}) {
      EXPECT_TRUE(contains(message, "tvts.json: the file of " + std::to_string(content.size()) + " bytes is damaged"))
          << message;
      EXPECT_TRUE(contains(message, "put a copy of the file back")) << message;
    }
    EXPECT_EQ(snapshot(folder / "out"), before);
  }
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

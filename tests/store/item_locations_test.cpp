#include "tvts/store/item_locations.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

// Works in a folder of its own: relative paths start there.
class Locations : public testing::Test {
 protected:
  Locations() {
    write_file(folder_ / "videos/a.mp4", "a");
    write_file(folder_ / "videos/more/b.mp4", "b");
    fs::current_path(folder_ / "");
  }
  ~Locations() override { fs::current_path(before_); }

  std::string location(const std::string& path, const std::string& folder = "") {
    return ItemLocations().of({.path = path, .folder = folder});
  }

  TemporaryFolder folder_;
  const fs::path before_ = fs::current_path();
};

TEST_F(Locations, AreTheSameHoweverAPathIsSpelled) {
  const std::string plain = location("videos/a.mp4");
  for (const std::string& path : {std::string("./videos/a.mp4"), std::string("videos//a.mp4"), folder_ / "videos/a.mp4",
                                  std::string("videos/./a.mp4"), std::string("videos/more/../a.mp4")}) {
    EXPECT_EQ(location(path), plain) << path;
  }
  EXPECT_EQ(location("a.mp4", folder_ / "videos"), plain);
  EXPECT_NE(location("videos/more/b.mp4"), plain);
}

TEST_F(Locations, AreThoseThatLinksLeadTo) {
  fs::create_directory_symlink("videos/more", folder_ / "linked");
  fs::create_symlink("videos/a.mp4", folder_ / "c.mp4");
  EXPECT_EQ(location("linked/b.mp4"), location("videos/more/b.mp4"));
  EXPECT_EQ(location("linked/../a.mp4"), location("videos/a.mp4"));  // ".." of where the link leads
  EXPECT_EQ(location("c.mp4"), location("videos/a.mp4"));
}

TEST_F(Locations, OfWhatIsNotThereGoByTheFolderThatIs) {
  fs::create_directory_symlink("videos", folder_ / "linked");
  fs::create_symlink("nowhere", folder_ / "broken.mp4");
  EXPECT_EQ(location("linked/gone.mp4"), location("./videos//gone.mp4"));
  EXPECT_EQ(location("linked/gone/x.mp4"), location("videos/gone/x.mp4"));
  EXPECT_NE(location("linked/gone.mp4"), location("videos/gone2.mp4"));
  EXPECT_EQ(location("broken.mp4"), location("./broken.mp4"));
  EXPECT_EQ(location(std::string(1 << 20, '/')), location("/"));
  EXPECT_NO_FATAL_FAILURE(location(std::string(1 << 16, 'x') + "/../y"));
}

TEST_F(Locations, OfAShardsMemberGoByTheShard) {
  write_file(folder_ / "shards/0.tar", "");
  fs::create_symlink("shards/0.tar", folder_ / "0.tar");
  EXPECT_EQ(location("./shards/0.tar/k.mp4"), location(folder_ / "shards/0.tar/k.mp4"));
  EXPECT_EQ(location("0.tar/k.mp4"), location("shards/0.tar/k.mp4"));
}

TEST_F(Locations, FollowAFolderThatWasMovedWithItsVideos) {
  EXPECT_EQ(location("videos/a.mp4", "/no/longer/here"), location("videos/a.mp4"));
  EXPECT_EQ(file_of({.path = "videos/a.mp4", .folder = "/no/longer/here"}).folder + "/", folder_ / "");
  EXPECT_EQ(file_of({.path = "gone.mp4", .folder = "/no/longer/here"}).folder, "/no/longer/here");
}

// --- in a store

TEST_F(Locations, AreWhatAStoreIsKeyedBy) {
  run(folder_ / "out", {item("videos/a.mp4"), item("videos/more/b.mp4")});
  const RunResult again = run(folder_ / "out", {item("./videos//a.mp4"), item(folder_ / "videos/more/b.mp4")});
  EXPECT_EQ(again.plan.stored, 2U);
  EXPECT_EQ(again.plan.pending, 0U);
  EXPECT_EQ(again.summary.replaced + again.summary.vanished, 0U);
}

std::string without_folders(std::string lines) {
  for (std::size_t at = lines.find("\"folder\""); at != std::string::npos; at = lines.find("\"folder\"", at)) {
    lines.erase(at, lines.find("\",", at) + 2 - at);
  }
  return lines;
}

TEST_F(Locations, OfAnOlderStoreAreBroughtUp) {
  const std::vector<ItemId> all{item("videos/a.mp4"), item("videos/more/b.mp4")};
  run(folder_ / "out", all);
  const auto expected = snapshot(folder_ / "out");
  const std::string metadata = folder_ / "out/metadata/metadata_00000.jsonl";
  write_file(metadata, without_folders(read_file(metadata)));
  EXPECT_EQ(Store::open(folder_ / "out").videos(), 2U);
  EXPECT_EQ(run(folder_ / "out", all).plan.pending, 0U);
  EXPECT_EQ(snapshot(folder_ / "out"), expected);
}

TEST_F(Locations, ThatAnOlderStoreHoldsTwiceCountOnce) {
  const std::string twice = folder_ / "videos/a.mp4";
  run(folder_ / "other", {item(twice)});
  run(folder_ / "out", {item("videos/a.mp4")});
  for (const char* name : {"video_emb/video_emb_0000", "metadata/metadata_0000", "_stats/0000"}) {
    const std::string end = name[0] == 'v' ? ".npy" : name[0] == 'm' ? ".jsonl" : ".json";
    fs::copy(folder_ / ("other/" + std::string(name) + "0" + end), folder_ / ("out/" + std::string(name) + "1" + end));
  }
  EXPECT_EQ(Store::open(folder_ / "out").marked(), 0U);
  const RunResult again = run(folder_ / "out", {item(twice)});
  EXPECT_EQ(again.plan.pending, 0U);
  EXPECT_EQ(again.summary.replaced, embed(item(twice)).rows.size());
  EXPECT_EQ(Store::open(folder_ / "out").describe(0).item.path, "videos/a.mp4");
  const auto settled = snapshot(folder_ / "out");
  run(folder_ / "out", {item("videos/a.mp4")});
  EXPECT_EQ(snapshot(folder_ / "out"), settled);
}

TEST_F(Locations, KeepTheTextsOfAllInputsThatNameThem) {
  ItemId first = item("videos/a.mp4"), second = item("./videos/a.mp4"), third = item("videos/a.mp4");
  first.caption = "a dog", second.caption = "it begs", third.caption = "a dog";
  second.label = "beg", third.label = "wait";
  EXPECT_EQ(run(folder_ / "out", {first, second, third}).plan.duplicates, 2U);
  const ItemId stored = Store::open(folder_ / "out").describe(0).item;
  EXPECT_EQ(stored.caption, "a dog");
  EXPECT_EQ(stored.more_captions, std::vector<std::string>{"it begs"});
  EXPECT_EQ(stored.label, "beg");
  EXPECT_EQ(stored.more_labels, std::vector<std::string>{"wait"});
}

TEST_F(Locations, TakeTheTextsOfALaterListAndKeepThemWhereItHasNone) {
  ItemId captioned = item("videos/a.mp4");
  run(folder_ / "out", {captioned});
  captioned.caption = "a dog";
  EXPECT_EQ(run(folder_ / "out", {captioned}).plan.pending, 0U);
  EXPECT_EQ(Store::open(folder_ / "out").describe(0).item.caption, "a dog");
  run(folder_ / "out", {item("videos/a.mp4")});
  EXPECT_EQ(Store::open(folder_ / "out").describe(0).item.caption, "a dog");
}

}  // namespace
}  // namespace tvts::test

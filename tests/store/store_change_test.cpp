// Running again on a changed folder.
#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

std::vector<std::string> searched_paths(const std::string& dir) {
  const Store store = Store::open(dir);
  std::vector<std::string> paths;
  for (std::size_t row = 0; row < store.size(); ++row) {
    const std::string path = store.describe(row).item.path;
    if (paths.empty() || paths.back() != path) paths.push_back(path);
  }
  return paths;
}

TEST(StoreChange, NothingChangedMeansNothingIsComputedAndNoFileChanges) {
  StoreFolder folder;
  run(folder / "out", items(7));
  const auto before = snapshot(folder / "out");
  const RunResult again = run(folder / "out", items(7));
  EXPECT_TRUE(again.plan.groups.empty());
  EXPECT_EQ(again.plan.stored, 7U);
  EXPECT_EQ(snapshot(folder / "out"), before);
}

TEST(StoreChange, NewItemsGoIntoNewShards) {
  StoreFolder folder;
  run(folder / "out", items(3));
  const std::string first_shard = read_file(folder / "out/video_emb/video_emb_00000.npy");
  EXPECT_EQ(run(folder / "out", items(8)).plan.pending, 5U);
  EXPECT_EQ(read_file(folder / "out/video_emb/video_emb_00000.npy"), first_shard);
  EXPECT_EQ(searched_paths(folder / "out").size(), 8U);
}

TEST(StoreChange, AChangedItemIsEmbeddedAgainAndItsOldRowsAreReplaced) {
  StoreFolder folder;
  auto all = items(3);
  run(folder / "out", all);
  all[1] = item("clip1.mp4", 2);
  const RunResult again = run(folder / "out", all);
  EXPECT_EQ(again.plan.pending, 1U);
  EXPECT_EQ(again.summary.replaced, embed(item("clip1.mp4")).rows.size());
  EXPECT_TRUE(contains(read_file(folder / "out/metadata/metadata_00000.jsonl"), "\"replaced\":true"));
  EXPECT_EQ(searched_paths(folder / "out"), (std::vector<std::string>{"clip0.mp4", "clip2.mp4", "clip1.mp4"}));
  const Store store = Store::open(folder / "out");
  EXPECT_EQ(store.describe(store.size() - 1).item, seen_here(all[1]));
}

TEST(StoreChange, AVanishedItemIsMarkedAndUnmarkedWhenItReappears) {
  StoreFolder folder;
  const auto all = items(3);
  run(folder / "out", all);
  const auto before = snapshot(folder / "out");
  EXPECT_EQ(run(folder / "out", {all[0], all[2]}).summary.vanished, embed(all[1]).rows.size());
  EXPECT_EQ(searched_paths(folder / "out"), (std::vector<std::string>{"clip0.mp4", "clip2.mp4"}));
  EXPECT_EQ(run(folder / "out", all).plan.pending, 0U);
  EXPECT_EQ(snapshot(folder / "out"), before);
}

TEST(StoreChange, AnItemThatIsStillThereIsKeptThoughItIsNoInput) {
  StoreFolder folder;
  const auto all = items(3);
  run(folder / "out", all);
  StoreOptions options = small_shards();
  options.still_there = [](const ItemId& item) { return item.path != "clip2.mp4"; };
  run(folder / "out", {item("other.mp4")}, options);
  EXPECT_EQ(searched_paths(folder / "out"), (std::vector<std::string>{"clip0.mp4", "clip1.mp4", "other.mp4"}));
}

TEST(StoreChange, AnItemThatChangesBackHasItsFirstRowsAgain) {
  StoreFolder folder;
  auto all = items(1);
  run(folder / "out", all);
  run(folder / "out", {item("clip0.mp4", 2)});
  EXPECT_EQ(run(folder / "out", all).plan.pending, 0U);
  EXPECT_EQ(Store::open(folder / "out").describe(0).item, seen_here(all[0]));
  EXPECT_EQ(Store::open(folder / "out").size(), embed(all[0]).rows.size());
}

TEST(StoreChange, PartsOfOneFileAreItemsOfTheirOwn) {
  StoreFolder folder;
  ItemId first = item("film.mp4"), second = item("film.mp4");
  first.start = 0, first.end = 10;
  second.start = 10, second.end = 20;
  EXPECT_EQ(run(folder / "out", {first, second}).plan.pending, 2U);
  EXPECT_EQ(run(folder / "out", {second, first}).plan.pending, 0U);
}

TEST(StoreChange, AnItemNamedTwiceHasOneSetOfRows) {
  StoreFolder folder;
  const RunResult result = run(folder / "out", {item("a.mp4"), item("b.mp4"), item("a.mp4")});
  EXPECT_EQ(result.plan.pending, 2U);
  EXPECT_EQ(result.plan.duplicates, 1U);
}

TEST(StoreChange, AFailedItemHasNoRowAndStandsInErrors) {
  StoreFolder folder;
  EXPECT_EQ(run(folder / "out", {item("bad.mp4"), item("good.mp4")}).summary.failed, 1U);
  EXPECT_EQ(searched_paths(folder / "out"), (std::vector<std::string>{"good.mp4"}));
  EXPECT_EQ(read_file(folder / "out/errors.jsonl"),
            error_line(seen_here(item("bad.mp4")), "unreadable", "no frame of bad.mp4") + "\n");
}

TEST(StoreChange, AnUnchangedFailureIsTriedAgainOnlyWhenAsked) {
  StoreFolder folder;
  const std::vector<ItemId> all{item("bad.mp4"), item("good.mp4")};
  run(folder / "out", all);
  const RunResult plain = run(folder / "out", all);
  EXPECT_EQ(plain.plan.failed_before, 1U);
  EXPECT_EQ(plain.plan.pending, 0U);
  EXPECT_EQ(plain.summary.failed, 1U);
  StoreOptions options = small_shards();
  options.retry_failed = true;
  const RunResult retried = run(folder / "out", all, options);
  EXPECT_EQ(retried.plan.pending, 1U);
  EXPECT_EQ(retried.summary.failed, 1U);
}

TEST(StoreChange, AFailureThatSucceedsLaterLeavesErrors) {
  StoreFolder folder;
  const std::vector<ItemId> all{item("bad.mp4")};
  run(folder / "out", all);
  StoreOptions options = small_shards();
  options.retry_failed = true;
  StoreWriter writer(folder / "out", header(), options);
  ASSERT_EQ(writer.plan(all).pending, 1U);
  writer.add_group(std::vector<ItemResult>{embed(item("good.mp4"))});
  EXPECT_EQ(writer.finish().failed, 0U);
  EXPECT_FALSE(std::filesystem::exists(folder / "out/errors.jsonl"));
  EXPECT_EQ(searched_paths(folder / "out"), (std::vector<std::string>{"bad.mp4"}));
}

TEST(StoreChange, AnEmbeddingThatIsNotFiniteIsAFailure) {
  StoreFolder folder;
  StoreWriter writer(folder / "out", header(), small_shards());
  writer.plan({item("a.mp4")});
  ItemResult result = embed(item("a.mp4"));
  result.rows[0].embedding[2] = std::numeric_limits<float>::quiet_NaN();
  writer.add_group(std::vector<ItemResult>{result});
  EXPECT_EQ(writer.finish().failed, 1U);
  EXPECT_EQ(Store::open(folder / "out").size(), 0U);
}

TEST(StoreChange, AShardWithoutItsStatisticsIsMadeAgain) {
  StoreFolder folder;
  run(folder / "out", items(12));
  const auto before = snapshot(folder / "out");
  std::filesystem::remove(folder / "out/_stats/00002.json");
  EXPECT_EQ(Store::open(folder / "out").videos(), 10U);
  EXPECT_EQ(run(folder / "out", items(12)).plan.pending, 2U);
  EXPECT_EQ(snapshot(folder / "out"), before);
}

}  // namespace
}  // namespace tvts::test

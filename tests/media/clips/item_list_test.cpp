#include "tvts/media/clips/item_list.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::make_tar;
using Texts = std::vector<std::string>;

std::string text_of(const MediaItem& item) {
  if (!item.content) return "";
  return {reinterpret_cast<const char*>(item.content->data()), item.content->size()};
}

Texts contents(MediaFeed feed) {
  Texts texts;
  while (const auto item = feed()) texts.push_back(text_of(*item));
  return texts;
}

class ItemListTest : public testing::Test {
 protected:
  ItemList list(Texts paths, const std::string& standard_input = "") const {
    return {std::move(paths), InputOptions(), standard_input};
  }
  std::string shard(const test::Members& members) const { return folder_.add("0.tar", make_tar(members)); }

  test::TemporaryFolder folder_;
};

TEST_F(ItemListTest, NamesEveryItemInOrderWithoutReadingOne) {
  const std::string b = folder_.add("b.mp4", "bb"), a = folder_.add("a.mp4", "a");
  const auto ids = list({b, a, folder_ / "absent.mp4"}).ids();
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[0].path, b);
  EXPECT_EQ(ids[0].size, 2);
  EXPECT_EQ(ids[1].path, a);
  EXPECT_EQ(ids[2].path, folder_ / "absent.mp4");
  EXPECT_EQ(ids[2].size, -1);
}

TEST_F(ItemListTest, FeedsTheWantedItemsAlone) {
  const std::string a = folder_.add("a.mp4"), b = folder_.add("b.mp4"), c = folder_.add("c.mp4");
  const ItemList items = list({"-"}, a + "\n" + b + "\n" + c + "\n");
  const MediaFeed feed = items.feed({0, 2});
  EXPECT_EQ(feed()->path, a);
  EXPECT_EQ(feed()->path, c);
  EXPECT_FALSE(feed());
  EXPECT_FALSE(feed());
}

TEST_F(ItemListTest, ReadsArchiveMembersAnewForEachFeed) {
  const ItemList items = list({shard({{"a.mp4", "first"}, {"b.mp4", "second"}, {"c.mp4", "third"}})});
  EXPECT_EQ(items.ids().size(), 3U);
  EXPECT_EQ(contents(items.feed({0, 1, 2})), (Texts{"first", "second", "third"}));
  EXPECT_EQ(contents(items.feed({1})), (Texts{"second"}));
}

TEST_F(ItemListTest, ReadsListsOfStandardInputASecondTimeToo) {
  const std::string tar = shard({{"a.mp4", "first"}});
  const ItemList items = list({"-"}, tar + "/a.mp4\n");
  EXPECT_EQ(contents(items.feed({0})), (Texts{"first"}));
}

TEST_F(ItemListTest, AnArchiveWithOtherMembersThanListedIsAnError) {
  const ItemList items = list({shard({{"a.mp4", "first"}, {"b.mp4", "second"}})});
  shard({{"a.mp4", "first"}, {"x.mp4", "second"}});
  EXPECT_THROW(contents(items.feed({1})), Error);
}

TEST_F(ItemListTest, AnArchiveWithFewerMembersThanListedIsAnError) {
  const ItemList items = list({shard({{"a.mp4", "first"}, {"b.mp4", "second"}})});
  shard({{"a.mp4", "first"}});
  EXPECT_THROW(contents(items.feed({1})), Error);
}

TEST_F(ItemListTest, AnArchiveWrittenAgainUnderTheSameNamesIsAnError) {
  const ItemList items = list({shard({{"a.mp4", "first"}})});
  const std::string tar = shard({{"a.mp4", "other"}});
  std::filesystem::last_write_time(tar, std::filesystem::last_write_time(tar) + std::chrono::hours(1));
  EXPECT_THROW(contents(items.feed({0})), Error);
}

TEST_F(ItemListTest, AnArchiveThatIsGoneIsAnError) {
  const ItemList items = list({shard({{"a.mp4", "first"}})});
  std::filesystem::remove(folder_ / "0.tar");
  EXPECT_THROW(contents(items.feed({0})), Error);
}

TEST_F(ItemListTest, NothingFoundIsAnError) { EXPECT_THROW(list({folder_.path()}), Error); }

}  // namespace
}  // namespace tvts

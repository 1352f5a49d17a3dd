#include "tvts/media/inputs/folder_walk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using Names = std::vector<std::string>;

// The paths below the folder.
Names found(FolderWalk& walk, const std::string& folder) {
  Names names;
  for (const MediaItem& item : walk.files(folder)) {
    names.push_back(item.path.substr(folder.size() + 1) + (item.error.empty() ? "" : " !"));
  }
  return names;
}
Names found_in(const std::string& folder, bool recursive = true) {
  FolderWalk walk(recursive, is_media);
  return found(walk, folder);
}

TEST(FolderWalk, GivesFilesInTheByteOrderOfTheirPaths) {
  const TemporaryFolder folder;
  for (const char* name : {"b.mp4", "a/z.mp4", "a.mp4", "a0.mp4", "a-1.mp4", "B.mp4", "a/b/c.mp4", "\xC3\xA9.mp4"}) {
    folder.add(name);
  }
  Names expected = {"b.mp4", "a/z.mp4", "a.mp4", "a0.mp4", "a-1.mp4", "B.mp4", "a/b/c.mp4", "\xC3\xA9.mp4"};
  std::ranges::sort(expected);  // std::string compares bytes as unsigned numbers
  EXPECT_EQ(found_in(folder.path()), expected);
}

TEST(FolderWalk, GivesVideosAndImagesOnly) {
  const TemporaryFolder folder;
  for (const char* name : {"a.mp4", "b.PNG", "c.txt", "d", "e.tar", "f.csv", "g.mp4.part"}) folder.add(name);
  EXPECT_EQ(found_in(folder.path()), (Names{"a.mp4", "b.PNG"}));
}

TEST(FolderWalk, SkipsHiddenFilesAndFolders) {
  const TemporaryFolder folder;
  for (const char* name : {".a.mp4", ".hidden/b.mp4", "c.mp4"}) folder.add(name);
  EXPECT_EQ(found_in(folder.path()), Names{"c.mp4"});
}

TEST(FolderWalk, StaysInTheFolderUnlessRecursive) {
  const TemporaryFolder folder;
  for (const char* name : {"a/b.mp4", "c.mp4"}) folder.add(name);
  EXPECT_EQ(found_in(folder.path(), false), Names{"c.mp4"});
}

TEST(FolderWalk, FollowsLinksToFiles) {
  const TemporaryFolder folder;
  folder.add("a.mp4", "12345");
  fs::create_symlink("a.mp4", folder / "b.mp4");
  FolderWalk walk(true, is_media);
  const auto items = walk.files(folder.path());
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].path, folder / "b.mp4");
  EXPECT_EQ(items[1].size_bytes, 5);
}

TEST(FolderWalk, ReadsAFolderOnceThoughLinksLeadToItAgain) {
  const TemporaryFolder folder;
  folder.add("m/a.mp4");
  fs::create_symlink("m", folder / "z");
  fs::create_symlink("..", folder / "m/up");
  EXPECT_EQ(found_in(folder.path()), Names{"m/a.mp4"});
}

TEST(FolderWalk, GivesNoFileOfOverlappingFoldersTwice) {
  const TemporaryFolder folder;
  for (const char* name : {"a/b.mp4", "c.mp4"}) folder.add(name);
  FolderWalk walk(true, is_media);
  EXPECT_EQ(found(walk, folder / "a"), Names{"b.mp4"});
  EXPECT_EQ(found(walk, folder.path()), Names{"c.mp4"});
  EXPECT_EQ(found(walk, folder.path()), Names{});
}

TEST(FolderWalk, ALinkThatLeadsNowhereIsAnErrorIfItIsNamedAsAVideo) {
  const TemporaryFolder folder;
  fs::create_symlink("nowhere", folder / "a.mp4");
  fs::create_symlink("nowhere", folder / "b");
  fs::create_symlink("c.mp4", folder / "c.mp4");
  EXPECT_EQ(found_in(folder.path()), (Names{"a.mp4 !", "c.mp4 !"}));
}

TEST(FolderWalk, SkipsPipesAndSockets) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "a.mp4").c_str(), 0600), 0);
  EXPECT_EQ(found_in(folder.path()), Names{});
}

TEST(FolderWalk, AFolderThatCannotBeReadIsAnError) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser can read every folder";
  const TemporaryFolder folder;
  folder.add("a/b.mp4");
  folder.add("c.mp4");
  fs::permissions(folder / "a", fs::perms::none);
  EXPECT_EQ(found_in(folder.path()), (Names{"a/ !", "c.mp4"}));
  fs::permissions(folder / "a", fs::perms::owner_all);
}

TEST(FolderWalk, KeepsNamesThatAreNotUtf8) {
  const TemporaryFolder folder;
  folder.add("caf\xE9.mp4");
  EXPECT_EQ(found_in(folder.path()), Names{"caf\xE9.mp4"});
}

TEST(FolderWalk, ItemsTellSizeTimeAndStem) {
  const TemporaryFolder folder;
  const std::string path = folder.add("a.b.mp4", "123");
  const timespec times[2] = {{1000, 5}, {1000, 5}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  FolderWalk walk(true, is_media);
  const MediaItem item = walk.files(folder.path()).at(0);
  EXPECT_EQ(item.key, "a.b");
  EXPECT_EQ(item.size_bytes, 3);
  EXPECT_EQ(item.modified_ns, 1000 * std::int64_t{1'000'000'000} + 5);
}

}  // namespace
}  // namespace tvts

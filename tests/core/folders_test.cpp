#include "tvts/core/folders.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::TemporaryFolder;

TEST(Folders, AreMadeWithThoseAboveThem) {
  const TemporaryFolder folder;
  make_folder(folder / "a/b");
  make_folder(folder / "a/b");
  make_folder_of(folder / "c/d/file");
  make_folder_of("file");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b"));
  EXPECT_TRUE(std::filesystem::is_directory(folder / "c/d"));
}

TEST(Folders, ThatCannotBeMadeAreNamed) {
  const TemporaryFolder folder;
  folder.add("a", "a file");
  try {
    make_folder(folder / "a/b");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_NE(std::string(error.what()).find(folder / "a/b"), std::string::npos);
  }
}

TEST(Folders, LoseWhatKilledProcessesLeft) {
  const TemporaryFolder folder;
  const std::string parent = std::to_string(::getppid());  // is running
  for (const std::string name : {"v.npy", "v.npy.4194305.part", "notes.part", "x.0.part"}) folder.add(name);
  folder.add("v.npy." + parent + ".part");
  folder.add("below/v.npy.4194305.part");
  remove_leftovers(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder / "v.npy.4194305.part"));  // beyond the largest number of a process
  for (const std::string& name : {std::string("v.npy"), std::string("notes.part"), std::string("x.0.part"),
                                  "v.npy." + parent + ".part", std::string("below/v.npy.4194305.part")}) {
    EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  }
}

}  // namespace
}  // namespace tvts

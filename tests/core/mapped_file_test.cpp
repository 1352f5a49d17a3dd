#include "tvts/core/mapped_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::TemporaryFolder;

TEST(MappedFile, ShowsTheBytesOfTheFile) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.add("a", "text"));
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()), "text");
}

TEST(MappedFile, AnEmptyFileHasNoBytes) {
  const TemporaryFolder folder;
  EXPECT_TRUE(MappedFile::open(folder.add("a"))->bytes().empty());
}

TEST(MappedFile, OutlivesTheNameOfTheFile) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.add("a", "text"));
  std::filesystem::remove(folder / "a");
  EXPECT_EQ(file->bytes().size(), 4U);
}

TEST(MappedFile, ReleasedPagesAreReadAgain) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.add("a", std::string(100000, 'x')));
  const auto count = [&] { return std::ranges::count(file->bytes(), std::byte{'x'}); };
  EXPECT_EQ(count(), 100000);
  file->release_pages();
  EXPECT_EQ(count(), 100000);
  MappedFile::open(folder.add("empty"))->release_pages();
}

TEST(MappedFile, TellsThatItsFileWasCut) {
  const TemporaryFolder folder;
  const std::string path = folder.add("a", std::string(100000, 'x'));
  const auto file = MappedFile::open(path);
  file->check_size();
  std::filesystem::resize_file(path, 10);
  EXPECT_THROW(file->check_size(), Error);
  folder.add("b", "short");
  std::filesystem::rename(folder / "b", path);  // another file under its name: the old one is whole
  file->check_size();
}

TEST(MappedFile, RefusesWhatIsNotThereAndWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  EXPECT_THROW(MappedFile::open(folder / "absent"), Error);
  EXPECT_THROW(MappedFile::open(folder.path()), Error);
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THROW(MappedFile::open(folder / "pipe"), Error);  // at once, with nobody at its other end
}

}  // namespace
}  // namespace tvts

#include "tvts/core/whole_file.h"
#include "tvts/core/input_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <filesystem>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::read_text;
using test::TemporaryFolder;

std::ptrdiff_t files_in(const std::string& folder) {
  const std::filesystem::directory_iterator entries(folder);
  return std::distance(begin(entries), end(entries));
}

bool has_files_without_names(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_WRONLY | O_TMPFILE, 0666);
  if (file >= 0) ::close(file);
  return file >= 0;
}

TEST(WholeFile, IsNotThereBeforeCommit) {
  const TemporaryFolder folder;
  WholeFile file(folder / "a");
  file.write("text");
  EXPECT_FALSE(std::filesystem::exists(folder / "a"));
  file.commit();
  EXPECT_EQ(read_text(folder / "a"), "text");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(WholeFile, LeavesNothingBehindWhenGivenUp) {
  const TemporaryFolder folder;
  { WholeFile(folder / "a").write("text"); }
  EXPECT_EQ(files_in(folder.path()), 0);
}

TEST(WholeFile, LeavesNothingBehindInAProcessThatIsKilled) {
  const TemporaryFolder folder;
  if (!has_files_without_names(folder.path())) GTEST_SKIP() << "no O_TMPFILE here";
  const pid_t child = ::fork();
  if (child == 0) {
    WholeFile file(folder / "a");
    file.write("text");
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(files_in(folder.path()), 0);
}

TEST(WholeFile, ReplacesWhatAProcessOfTheSameNumberLeft) {
  const TemporaryFolder folder;
  folder.add("a." + std::to_string(::getpid()) + ".part", "half and longer");
  write_whole_file(folder / "a", "new");
  EXPECT_EQ(read_text(folder / "a"), "new");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(WholeFile, HasTheModeOfAFileThatIsMadeInTheUsualWay) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(027);
  write_whole_file(folder / "a", "text");
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
}

TEST(WholeFile, LeavesTheOldFileWhenGivenUp) {
  const TemporaryFolder folder;
  folder.add("a", "old");
  { WholeFile(folder / "a").write("new"); }
  EXPECT_EQ(read_text(folder / "a"), "old");
}

TEST(WholeFile, ReplacesTheOldFileAtCommit) {
  const TemporaryFolder folder;
  folder.add("a", "old and longer");
  write_whole_file(folder / "a", "new");
  EXPECT_EQ(read_text(folder / "a"), "new");
}

TEST(WholeFile, OverwritingLeavesTheRestAndTheEnd) {
  const TemporaryFolder folder;
  WholeFile file(folder / "a");
  file.write("0123456789");
  file.overwrite(2, "ab");
  file.write("x");
  file.commit();
  EXPECT_EQ(read_text(folder / "a"), "01ab456789x");
}

TEST(WholeFile, NamesThePathWhenItCannotBeWritten) {
  const TemporaryFolder folder;
  try {
    const WholeFile file(folder / "no/such/folder/a");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_NE(std::string(error.what()).find("no/such/folder/a"), std::string::npos);
  }
}

TEST(WholeFile, FilesThatBelongTogetherAppearTogether) {
  const TemporaryFolder folder;
  folder.add("v.npy", "old");
  folder.add("v.jsonl", "old");
  WholeFile rows(folder / "v.jsonl"), values(folder / "v.npy");
  rows.write("new");
  values.write("new");
  EXPECT_EQ(read_text(folder / "v.jsonl"), "old");
  commit_together({&rows, &values});
  EXPECT_EQ(read_text(folder / "v.jsonl"), "new");
  EXPECT_EQ(read_text(folder / "v.npy"), "new");
  EXPECT_EQ(files_in(folder.path()), 2);
}

TEST(WholeFile, OfFilesThatBelongTogetherNoneAppearsWhereOneCannot) {
  const TemporaryFolder folder;
  folder.add("second/x", "a folder stands there");
  {
    WholeFile first(folder / "first"), second(folder / "second"), last(folder / "last");
    EXPECT_THROW(commit_together({&first, &second, &last}), Error);
  }
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(WholeFile, SmallFilesAreReadWholeAndLargerOnesRefused) {
  const TemporaryFolder folder;
  const std::string path = folder.add("a", std::string("a\0b", 3));
  EXPECT_EQ(read_file(path, 3), std::string("a\0b", 3));
  EXPECT_THROW(read_file(path, 2), Error);
}

}  // namespace
}  // namespace tvts

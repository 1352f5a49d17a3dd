#include "tvts/core/append_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::read_text;
using test::TemporaryFolder;

// No file may grow beyond so many bytes, until destroyed: as on a disk that is full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    signal_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }

 private:
  rlimit before_{};
  void (*signal_)(int);
};

TEST(AppendFile, GrowsByWholePieces) {
  const TemporaryFolder folder;
  AppendFile file(folder / "a", 0);
  file.append("one\n", AppendFile::Flush::kYes);
  file.append("two\n", AppendFile::Flush::kNo);
  EXPECT_EQ(read_text(folder / "a"), "one\ntwo\n");
}

TEST(AppendFile, GoesOnAfterTheSizeThatIsGiven) {
  const TemporaryFolder folder;
  folder.add("a", "one\nhalf a l");
  AppendFile(folder / "a", 4).append("two\n", AppendFile::Flush::kNo);
  EXPECT_EQ(read_text(folder / "a"), "one\ntwo\n");
}

TEST(AppendFile, APieceThatDoesNotFitLeavesNothingOfItself) {
  const TemporaryFolder folder;
  AppendFile file(folder / "a", 0);
  file.append("one\n", AppendFile::Flush::kNo);
  {
    const SmallDisk disk(10);
    EXPECT_THROW(file.append("longer than what is left\n", AppendFile::Flush::kNo), Error);
  }
  EXPECT_EQ(read_text(folder / "a"), "one\n");
  file.append("two\n", AppendFile::Flush::kNo);
  EXPECT_EQ(read_text(folder / "a"), "one\ntwo\n");
}

}  // namespace
}  // namespace tvts

#include "tvts/core/input_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;
using test::TemporaryFolder;

TEST(InputFile, GivesTheBytesAtAnyOffset) {
  const TemporaryFolder folder;
  const InputFile file(folder.add("a", "0123456789"));
  EXPECT_EQ(file.size(), 10U);
  EXPECT_EQ(file.text(3, 4), "3456");
  EXPECT_EQ(file.text(10, 0), "");
}

TEST(InputFile, RefusesOffsetsBeyondItsEnd) {
  const TemporaryFolder folder;
  const InputFile file(folder.add("a", "0123456789"));
  EXPECT_TRUE(contains(error_text([&] { file.text(8, 3); }), "it is cut short"));
  EXPECT_NE(error_text([&] { file.text(11, 0); }), "");
  EXPECT_NE(error_text([&] { file.text(0, std::size_t{1} << 62); }), "");
}

TEST(InputFile, AFileThatIsCutWhileItIsReadIsAnError) {
  const TemporaryFolder folder;
  const std::string path = folder.add("a", std::string(100'000, 'x'));
  const InputFile file(path);
  std::filesystem::resize_file(path, 10);
  EXPECT_EQ(error_text([&] { file.text(50'000, 10); }),
            path +
                " ends at byte 50000, expected 10 bytes from 50000 on; it is cut short or was changed while it was "
                "read");
}

TEST(InputFile, RefusesWhatIsNotThereAndWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  EXPECT_TRUE(contains(error_text([&] { InputFile(folder / "absent"); }), "No such file"));
  EXPECT_TRUE(contains(error_text([&] { InputFile(folder.path()); }), "not a regular file"));
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_TRUE(contains(error_text([&] { InputFile(folder / "pipe"); }), "not a regular file"));
}

TEST(ReadFile, GivesTheWholeContent) {
  const TemporaryFolder folder;
  const std::string text(1 << 20, 'y');
  EXPECT_EQ(read_file(folder.add("a", text)), text);
  EXPECT_EQ(read_file(folder.add("empty")), "");
}

TEST(ReadFile, ReadsAPipeToItsEnd) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string text(300'000, 'z');
  std::jthread writer([&] {
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t written = ::write(ends[1], text.data() + done, text.size() - done);
      ASSERT_GT(written, 0);
      done += static_cast<std::size_t>(written);
    }
    ::close(ends[1]);
  });
  EXPECT_EQ(read_file("/dev/fd/" + std::to_string(ends[0])), text);
  ::close(ends[0]);
}

TEST(ReadFile, DoesNotWaitForANamedPipeThatNobodyWritesTo) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(folder / "pipe"), "");
}

TEST(ReadFile, RefusesMoreBytesThanAllowed) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.add("a", "1234"), 4), "1234");
  EXPECT_TRUE(contains(error_text([&] { read_file(folder.add("b", "12345"), 4); }), "expected at most 4"));
  EXPECT_TRUE(contains(error_text([&] { read_file("/dev/zero"); }), "neither a regular file nor a pipe"));
}

}  // namespace
}  // namespace tvts

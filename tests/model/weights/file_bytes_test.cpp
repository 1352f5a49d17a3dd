#include "tvts/model/weights/file_bytes.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

TEST(FileBytes, AreCopiedFromAFileAndFromMemory) {
  const test::TemporaryFolder folder;
  for (const FileBytes& bytes : {FileBytes(folder.add("f", "0123456789")), FileBytes(as_bytes("0123456789"), "m")}) {
    EXPECT_EQ(bytes.size(), 10U);
    EXPECT_EQ(bytes.copy(2, 3), "234");
    EXPECT_EQ(bytes.beginning(100), "0123456789");
    EXPECT_EQ(bytes.view(8, 2).size(), 2U);
  }
}

// A mapped page behind the new end would end the process.
TEST(FileBytes, OfAFileThatWasCutShortSinceAreAnError) {
  const test::TemporaryFolder folder;
  const FileBytes bytes(folder.add("f", std::string(100'000, 'x')));
  std::filesystem::resize_file(folder / "f", 10);
  EXPECT_EQ(bytes.copy(0, 10), "xxxxxxxxxx");
  EXPECT_TRUE(contains(error_text([&] { bytes.copy(50'000, 10); }), "ends at byte 50000"));
}

}  // namespace
}  // namespace tvts

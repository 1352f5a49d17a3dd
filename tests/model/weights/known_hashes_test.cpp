#include "tvts/model/weights/known_hashes.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "tests/support/cpu_seconds.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/sha256.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class KnownHashesTest : public testing::Test {
 protected:
  void SetUp() override { write_whole_file(model_, "weights"); }
  // Writes another hash into the one entry: what is given from then on was not computed.
  void change_entry() {
    for (const auto& entry : fs::directory_iterator(hashes_)) {
      std::string text = read_text(entry.path());
      const std::string sha256 = sha256_of_file(model_);
      write_whole_file(entry.path(), text.replace(text.find(sha256), sha256.size(), kRemembered));
    }
  }

  const std::string kRemembered = std::string(64, 'a');
  TemporaryFolder folder_;
  const std::string model_ = folder_ / "m.safetensors", hashes_ = folder_ / "cache/hashes";
  const KnownHashes known_{hashes_, std::chrono::seconds(-1)};  // every file has settled
};

TEST_F(KnownHashesTest, AFileIsHashedOnceUntilItChanges) {
  EXPECT_EQ(known_.sha256(model_), sha256_of_file(model_));
  change_entry();
  EXPECT_EQ(known_.sha256(model_), kRemembered);
  const auto time = fs::last_write_time(model_);
  write_whole_file(model_, "WEIGHTS");  // the same size and, by the file system, the same time
  fs::last_write_time(model_, time);
  EXPECT_EQ(known_.sha256(model_), sha256_of_file(model_));
}

TEST_F(KnownHashesTest, AFileThatHasJustChangedIsNotRemembered) {
  KnownHashes(hashes_, std::chrono::hours(1)).sha256(model_);
  EXPECT_FALSE(fs::exists(hashes_));
}

TEST_F(KnownHashesTest, WithoutAFolderTheProcessRemembersUntilTheFileChanges) {
  const KnownHashes known("", std::chrono::seconds(-1));
  write_whole_file(model_, std::string(std::size_t{64} << 20, 'w'));
  const auto cost = [&] {
    const double before = cpu_seconds();
    const std::string sha256 = known.sha256(model_);
    const double spent = cpu_seconds() - before;
    EXPECT_EQ(sha256, sha256_of_file(model_));
    return spent;
  };
  const double first = cost();
  EXPECT_LT(cost(), first / 10);
  write_whole_file(model_, "others");
  EXPECT_EQ(known.sha256(model_), sha256_of_file(model_));
}

TEST_F(KnownHashesTest, DamagedEntriesAndFoldersThatCannotBeMadeCostTimeAlone) {
  known_.sha256(model_);
  for (const auto& entry : fs::directory_iterator(hashes_)) write_whole_file(entry.path(), "{\"sha256\": 3");
  EXPECT_EQ(known_.sha256(model_), sha256_of_file(model_));
  EXPECT_EQ(KnownHashes(model_ + "/below").sha256(model_), sha256_of_file(model_));
  EXPECT_EQ(KnownHashes("").sha256(model_), sha256_of_file(model_));
}

}  // namespace
}  // namespace tvts::test

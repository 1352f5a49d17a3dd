#include "tvts/train/corpora/frame_cache.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace tvts {
namespace {

using test::TemporaryFolder;

VideoFrames three_frames() {
  VideoFrames frames{.width = 3, .height = 2, .indices = {0, 1, 2}, .pixels = {}, .facts = {}};
  for (std::uint8_t i = 0; i < 54; ++i) frames.pixels.push_back(i);
  frames.facts.times = {{0, 0.5, 1}, 1.5};
  return frames;
}

std::string only_file(const TemporaryFolder& folder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (entry.is_regular_file()) return entry.path();
  }
  return "(none)";
}

TEST(FrameCache, GivesBackWhatWasStored) {
  const TemporaryFolder folder;
  const FrameCache cache(folder / "cache");
  EXPECT_FALSE(cache.find("a video"));
  cache.store("a video", three_frames());
  const auto found = cache.find("a video");
  ASSERT_TRUE(found && found->kept());
  EXPECT_EQ(found->times().seconds, (std::vector<double>{0, 0.5, 1}));
  EXPECT_EQ(found->times().end_seconds, 1.5);
  const auto frame = found->frame(2);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->size(), 18U);
  EXPECT_EQ((*frame)[0], 36);
  EXPECT_FALSE(cache.find("another video"));
}

TEST(FrameCache, RemembersWhatIsNotToBeKept) {
  const TemporaryFolder folder;
  const FrameCache cache(folder.path());
  cache.store_not_kept("large");
  ASSERT_TRUE(cache.find("large"));
  EXPECT_FALSE(cache.find("large")->kept());
}

TEST(FrameCache, TellsEveryDamagedByteThatItUses) {
  const TemporaryFolder folder;
  const FrameCache cache(folder.path());
  cache.store("v", three_frames());
  const std::string path = only_file(folder), whole = test::read_text(path);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x40);
    std::ofstream(path, std::ios::binary) << damaged;
    const auto found = cache.find("v");
    const bool all_good = found && found->kept() && found->frame(0) && found->frame(1) && found->frame(2);
    EXPECT_FALSE(all_good) << "byte " << i;
  }
}

TEST(FrameCache, TakesNoFileThatIsCut) {
  const TemporaryFolder folder;
  const FrameCache cache(folder.path());
  cache.store("v", three_frames());
  const std::string path = only_file(folder), whole = test::read_text(path);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::ofstream(path, std::ios::binary) << whole.substr(0, size);
    EXPECT_FALSE(cache.find("v")) << size;
  }
}

}  // namespace
}  // namespace tvts

#include "lab/world/write_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "tests/lab/world/tiny_world.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"
#include "tvts/media/video/read_clips.h"

namespace tvts::world {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;
using test::tiny_world;

std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder)] = test::read_text(entry.path());
  }
  return files;
}

std::vector<std::string> decoded_frames(const std::string& path) {
  ClipOptions options;
  options.num_frames = 24, options.image_size = 32;
  std::vector<std::string> frames;
  read_clips({path, nullptr}, options, {}, [&](const Clip& clip) {
    const auto size = static_cast<std::ptrdiff_t>(clip.pixels.size()) / clip.frames;
    for (auto frame = clip.pixels.begin(); frame != clip.pixels.end(); frame += size)
      frames.emplace_back(frame, frame + size);
    return true;
  });
  return frames;
}

// A world written once, by one thread, for all tests.
class WriteWorldTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    write_world({.folder = written(), .options = tiny_world()});
  }
  static void TearDownTestSuite() { folder_.reset(); }
  static std::string written() { return *folder_ / "written"; }

  static std::unique_ptr<TemporaryFolder> folder_;
};
std::unique_ptr<TemporaryFolder> WriteWorldTest::folder_;

TEST_F(WriteWorldTest, ThreadsDoNotChangeAByte) {
  write_world({.folder = *folder_ / "three", .options = tiny_world(), .threads = 3});
  EXPECT_TRUE(fs::exists(written() + "/world.json"));
  EXPECT_EQ(files_of(*folder_ / "three"), files_of(written()));
}

TEST_F(WriteWorldTest, GoesOnAfterAnInterruptionAsIfThereHadBeenNone) {
  std::stop_source stop;
  WriteWorld request{.folder = *folder_ / "stopped", .options = tiny_world(), .threads = 2, .stop = stop.get_token()};
  request.on_progress = [&](std::size_t done, std::size_t) {
    if (done == 10) stop.request_stop();
  };
  EXPECT_THROW(write_world(request), Error);
  EXPECT_FALSE(fs::exists(*folder_ / "stopped/world.json"));
  write_world({.folder = *folder_ / "stopped", .options = tiny_world(), .threads = 2});
  EXPECT_EQ(files_of(*folder_ / "stopped"), files_of(written()));
}

TEST_F(WriteWorldTest, LeavesAFolderOfSomethingElseAlone) {
  const TemporaryFolder folder;
  folder.add("notes.txt", "mine");
  EXPECT_THROW(write_world({.folder = folder.path(), .options = tiny_world()}), Error);
  EXPECT_EQ(files_of(folder.path()).size(), 1U);
}

TEST_F(WriteWorldTest, LeavesAWorldOfOtherOptionsAlone) {
  const auto before = files_of(written());
  WorldOptions options = tiny_world();
  options.seed = 99;
  EXPECT_THROW(write_world({.folder = written(), .options = options}), Error);
  EXPECT_EQ(files_of(written()), before);
}

TEST_F(WriteWorldTest, TwinsAreTheSameSetOfFramesAfterDecodingToo) {
  for (const char* name : {"order_0000", "direction_0000"}) {
    auto one = decoded_frames(concat(written(), "/twins/videos/", name, "_a.mp4"));
    auto other = decoded_frames(concat(written(), "/twins/videos/", name, "_b.mp4"));
    EXPECT_EQ(one.size(), 24U);
    EXPECT_NE(one, other);
    std::ranges::sort(one), std::ranges::sort(other);
    EXPECT_EQ(one, other);
  }
}

TEST_F(WriteWorldTest, ClipsNamedAviAreAviAndReadBackWhole) {
  const auto files = files_of(written());
  const auto avi = std::ranges::find_if(files, [](const auto& file) { return file.first.ends_with(".avi"); });
  ASSERT_NE(avi, files.end());
  EXPECT_EQ(avi->second.substr(0, 4), "RIFF");
  EXPECT_GE(decoded_frames(concat(written(), "/", avi->first)).size(), 16U);
}

}  // namespace
}  // namespace tvts::world

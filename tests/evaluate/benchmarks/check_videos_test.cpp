// Missing and unreadable videos are found without decoding.
#include "tvts/evaluate/benchmarks/check_videos.h"

#include "tests/evaluate/benchmarks/data_folder.h"
#include "tvts/media/video/video_writer.h"

namespace tvts::test {
namespace {

class CheckVideos : public DataFolder {
 protected:
  void write_video(const std::string& name) {
    VideoWriter writer(folder_ / name, {.width = 32, .height = 32, .frames_per_second = 8, .quality = 18});
    writer.write(std::vector<std::uint8_t>(32 * 32 * 3));
    writer.finish();
  }
};

TEST_F(CheckVideos, TellsMissingFromUnreadableInTheOrderOfTheBenchmark) {
  folder_.add("list.csv", "path,caption\ngone.mp4,a\ngood.mp4,b\ntext.mp4,c\nempty.mp4,d\nfolder,e\n");
  write_video("good.mp4");
  folder_.add("text.mp4", "no video at all, but some bytes");
  folder_.add("empty.mp4");
  std::size_t told = 0;
  const auto missing = check_videos(open("retrieval"), 2, {}, [&](std::size_t done) { told = done; });
  ASSERT_EQ(missing.size(), 4U);
  EXPECT_EQ(missing[0].video, 0U);
  EXPECT_EQ(missing[0].status, "missing");
  EXPECT_EQ(missing[1].video, 2U);
  EXPECT_EQ(missing[1].status, "unreadable");
  EXPECT_EQ(missing[2].status, "unreadable");
  EXPECT_NE(missing[0].reason.find("gone.mp4"), std::string::npos);
  EXPECT_EQ(told, 5U);
}

TEST_F(CheckVideos, TheDecodersReasonIsSaidOnce) {
  folder_.add("videos/a.mp4", std::string("\0\0\0\x18"
                                          "ftypisom\0\0\2\0isomiso2\0\0\0\x08"
                                          "free",
                                          32));
  folder_.add("list.csv", "path,caption\na.mp4,one\n");
  const auto missing = check_videos(open("retrieval"), 1, {}, {});
  ASSERT_EQ(missing.size(), 1U);
  const std::string& reason = missing[0].reason;
  const std::size_t first = reason.find("moov atom not found");
  ASSERT_NE(first, std::string::npos) << reason;
  EXPECT_EQ(reason.find("moov atom not found", first + 1), std::string::npos) << reason;
}

TEST_F(CheckVideos, AStopEndsIt) {
  folder_.add("list.csv", "path,caption\ngone.mp4,a\n");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(check_videos(open("retrieval"), 1, stop.get_token()), Error);
}

}  // namespace
}  // namespace tvts::test

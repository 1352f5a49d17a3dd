// A video that is stored turned is shown, and attended to, as it stands upright.
#include <gtest/gtest.h>

#include "tests/media/video/ffmpeg_program.h"
#include "tvts/evaluate/attention/attention_pictures.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/video_writer.h"

namespace tvts {
namespace {

constexpr int kSide = 64;

// Stored with its left half white, and a tag that turns it clockwise: the white half is on top.
void write_turned_video(const std::string& plain, const std::string& turned) {
  VideoWriter writer(plain, {.width = kSide, .height = kSide, .frames_per_second = 4, .quality = 5});
  std::vector<std::uint8_t> rgb(3 * kSide * kSide);
  for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = i / 3 % kSide < kSide / 2 ? 250 : 5;
  for (int frame = 0; frame < 4; ++frame) writer.write(rgb);
  writer.finish();
  test::make_video("-i '" + plain + "' -c copy -metadata:s:v:0 rotate=270", turned);
}

TEST(AttentionPictures, OfATurnedVideoStandUpright) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const test::TemporaryFolder folder;
  write_turned_video(folder / "plain.mp4", folder / "turned.mp4");
  Clip clip;
  read_clips({folder / "turned.mp4", nullptr}, {.num_frames = 2, .image_size = 32}, {}, [&](Clip first) {
    clip = std::move(first);
    return true;
  });
  AttentionMap map = {.patches = at::zeros({1, 2, 2, 2}), .cls = at::zeros({1})};
  map.patches.select(2, 1).fill_(0.25);  // the lower row, over the dark half
  const AttentionPictures pictures = attention_pictures(clip, map);
  for (const int x : {2, 29}) {
    EXPECT_GT(pictures.frames[0].at(x, 2)[0], 200) << x;
    EXPECT_LT(pictures.frames[0].at(x, 29)[0], 50) << x;
    EXPECT_GT(pictures.heads[0][0].at(x, 29)[0], 150) << x;  // hot on dark
  }
}

}  // namespace
}  // namespace tvts

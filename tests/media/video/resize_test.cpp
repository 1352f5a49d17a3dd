#include "tvts/media/video/resize.h"

#include <gtest/gtest.h>

#include "tests/media/video/formula_picture.h"
#include "tests/media/video/pillow_hashes.h"
#include "tests/media/video/sha256.h"
#include "tvts/media/video/geometry.h"

namespace tvts {
namespace {

TEST(Resizer, GivesPillowsBytesForEveryPreprocessing) {
  for (const test::PillowHash& expected : test::kPillowHashes) {
    const FrameGeometry geometry =
        frame_geometry(expected.preprocess, expected.image_size, expected.width, expected.height, 1, 1);
    const Resizer resizer(geometry.filter, geometry.x, geometry.y);
    EXPECT_EQ(test::sha256(resizer(test::formula_picture(expected.width, expected.height, 1))), expected.sha256)
        << expected.width << "x" << expected.height << " " << to_string(expected.preprocess) << " "
        << expected.image_size;
  }
}

TEST(Resizer, CopiesAPictureThatKeepsItsSize) {
  const RgbImage image = test::formula_picture(19, 11, 3);
  for (const ResizeFilter filter : {ResizeFilter::kNearest, ResizeFilter::kBilinear, ResizeFilter::kBicubic}) {
    EXPECT_EQ(Resizer(filter, {19, 19, 0, 19}, {11, 11, 0, 11})(image), image.pixels);
  }
}

TEST(Resizer, ACropIsAPieceOfTheWhole) {
  const RgbImage image = test::formula_picture(50, 90, 2);
  for (const ResizeFilter filter : {ResizeFilter::kNearest, ResizeFilter::kBilinear, ResizeFilter::kBicubic}) {
    const RgbImage whole{31, 23, Resizer(filter, {50, 31, 0, 31}, {90, 23, 0, 23})(image)};
    const std::vector<std::uint8_t> crop = Resizer(filter, {50, 31, 7, 1}, {90, 23, 5, 1})(image);
    EXPECT_EQ(crop, std::vector<std::uint8_t>(whole.at(7, 5), whole.at(7, 5) + 3));
  }
}

TEST(FrameGeometry, WideSamplesWidenThePictureThatIsShown) {
  // 340 x 256 at 64:51 is shown as 427 x 256.
  const FrameGeometry geometry = frame_geometry(Preprocess::kTvtsv2Eval, 224, 340, 256, 64, 51);
  EXPECT_EQ(geometry.x, (ResizeAxis{340, 268 * 427 / 256, 112, 224}));
  EXPECT_EQ(geometry.y, (ResizeAxis{256, 268, 22, 224}));
}

TEST(FrameGeometry, ShortSideGrowsWithTheImageSize) {
  EXPECT_EQ(frame_geometry(Preprocess::kTvtsv2Eval, 336, 640, 480, 1, 1).y.target, 402);
  EXPECT_EQ(frame_geometry(Preprocess::kTvtsv2Eval, 64, 640, 480, 1, 1).y.target, 77);  // 76.57 + 1/2
  EXPECT_EQ(frame_geometry(Preprocess::kClip, 336, 640, 480, 1, 1).y.target, 336);
}

}  // namespace
}  // namespace tvts

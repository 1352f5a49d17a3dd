// Maps as pictures: each patch's heat is where the patch is.
#include <gtest/gtest.h>

#include <cmath>

#include "tvts/core/error.h"
#include "tvts/evaluate/attention/attention_pictures.h"
#include "tvts/evaluate/attention/contact_sheet.h"
#include "tvts/evaluate/attention/heat_picture.h"

namespace tvts {
namespace {

RgbImage grey(int width, int height, std::uint8_t value = 100) {
  return {.width = width,
          .height = height,
          .pixels = std::vector<std::uint8_t>(3 * static_cast<std::size_t>(width * height), value)};
}

double brightness(const RgbImage& image, int x, int y) {
  const std::uint8_t* pixel = image.at(x, y);
  return pixel[0] + pixel[1] + pixel[2];
}

TEST(HeatColour, GrowsLighterAllTheWay) {
  const auto lightness = [](const Rgb& c) { return 0.21 * c.red + 0.72 * c.green + 0.07 * c.blue; };
  for (int i = 1; i <= 50; ++i)
    EXPECT_GT(lightness(heat_colour(i / 50.0)), lightness(heat_colour((i - 1) / 50.0))) << i;
}

TEST(HeatPicture, TheHotPatchIsHotAtItsPosition) {
  const std::vector<float> values = {0, 0, 0, 0, 0, 1};  // 2 rows, 3 columns: the lower right one
  const RgbImage image = with_heat(grey(30, 20), {.rows = 2, .columns = 3, .values = values});
  const double hot = brightness(image, 25, 15);
  for (const auto& [x, y] : {std::pair{5, 5}, {15, 5}, {25, 5}, {5, 15}, {15, 15}}) {
    EXPECT_GT(hot, brightness(image, x, y) + 100) << x << "," << y;
  }
}

TEST(HeatPicture, IsTheValueAtAPatchMiddleAndBetweenTwoInBetween) {
  const std::vector<float> values = {0, 1};
  const RgbImage image = with_heat(grey(40, 20), {.rows = 1, .columns = 2, .values = values});
  const double cold = brightness(image, 9, 10), middle = brightness(image, 20, 10), hot = brightness(image, 30, 10);
  EXPECT_LT(cold, middle);
  EXPECT_LT(middle, hot);
}

TEST(HeatPicture, MaskedPatchesAreDarkAndKeepTheirHeatToThemselves) {
  const std::vector<float> values = {std::nanf(""), 0.5F};
  const RgbImage image = with_heat(grey(40, 20, 200), {.rows = 1, .columns = 2, .values = values});
  EXPECT_LT(brightness(image, 2, 10), 120);
  EXPECT_GT(brightness(image, 10, 10), brightness(image, 2, 10));  // the cross
  EXPECT_EQ(brightness(image, 21, 10), brightness(image, 38, 10));
}

TEST(HeatPicture, MarksOnePatch) {
  const RgbImage image = with_patch_marked(grey(40, 40), 4, 4, 1, 2);  // x 20 to 29, y 10 to 19
  EXPECT_NE(brightness(image, 20, 10), 300);
  EXPECT_NE(brightness(image, 29, 15), 300);
  EXPECT_EQ(brightness(image, 25, 15), 300);
  EXPECT_EQ(brightness(image, 19, 10), 300);
}

TEST(ContactSheet, PutsPicturesInRowsWithGapsAndEvenSides) {
  const RgbImage sheet = sheet_of({grey(5, 3, 10), grey(5, 3, 20), grey(5, 3, 30)}, 2, 2);
  EXPECT_EQ(sheet.width, 12);
  EXPECT_EQ(sheet.height, 8);
  EXPECT_EQ(brightness(sheet, 0, 0), 30);
  EXPECT_EQ(brightness(sheet, 5, 0), 765);
  EXPECT_EQ(brightness(sheet, 7, 0), 60);
  EXPECT_EQ(brightness(sheet, 0, 5), 90);
  EXPECT_EQ(brightness(sheet, 7, 5), 765);
}

TEST(ContactSheet, OneThatWouldBeTooLargeIsAMistakeOfUse) {
  EXPECT_THROW(sheet_of(std::vector<RgbImage>(600, grey(32, 4)), 600), Error);
}

// Two frames of 8 x 8 pixels and 2 x 2 patches; the input has a third frame of zeros.
struct SmallCase {
  Clip clip;
  AttentionMap map;
};
SmallCase small_case(std::int64_t heads) {
  SmallCase one;
  one.clip.frames = 2, one.clip.image_size = 8;
  one.clip.pixels.assign(2 * 3 * 8 * 8, 0);
  std::fill_n(one.clip.pixels.begin() + 3 * 8 * 8, 3 * 8 * 8, 255);
  one.map = {.patches = at::zeros({heads, 3, 2, 2}), .cls = at::zeros({heads})};
  one.map.patches.select(1, 2).fill_(9);  // of the zeros: not to be seen
  one.map.patches[0][1][0][1] = 0.5;
  return one;
}

TEST(AttentionPictures, ShareOneScaleOverTheFramesThatAreThere) {
  const SmallCase one = small_case(1);
  const AttentionPictures pictures = attention_pictures(one.clip, one.map);
  ASSERT_EQ(pictures.frames.size(), 2U);
  ASSERT_EQ(pictures.heads[0].size(), 2U);
  EXPECT_EQ(pictures.frames[1].pixels[0], 255);
  EXPECT_EQ(brightness(pictures.heads[0][0], 1, 1), brightness(pictures.heads[0][0], 6, 6));  // all cold
  EXPECT_LT(pictures.heads[0][1].at(7, 0)[2], pictures.heads[0][1].at(0, 7)[2]);              // hot on white: less blue
}

TEST(AttentionPictures, ASheetHasARowOfFramesAndOneForEachHead) {
  const SmallCase one = small_case(3);
  const AttentionPictures pictures = attention_pictures(one.clip, one.map);
  const RgbImage sheet = contact_sheet(pictures);
  EXPECT_EQ(sheet.width, 2 * 8 + 4);
  EXPECT_EQ(sheet.height, 4 * 8 + 3 * 4);
  const std::vector<RgbImage> beside = side_by_side(pictures);
  ASSERT_EQ(beside.size(), 2U);
  EXPECT_EQ(beside[0].width, 2 * 8 + 4);  // two columns, two rows
  EXPECT_EQ(beside[0].height, 2 * 8 + 4);
}

}  // namespace
}  // namespace tvts

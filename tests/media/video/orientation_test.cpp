#include "tvts/media/video/orientation.h"

#include <gtest/gtest.h>

namespace tvts {
namespace {

constexpr std::int32_t k1 = 1 << 16;

// One row: red, green.
const RgbImage kRedGreen{2, 1, {255, 0, 0, 0, 255, 0}};

TEST(Orientation, ReadsQuarterTurnsAndMirrorsFromTheDisplayMatrix) {
  EXPECT_EQ(orientation_of({k1, 0, 0, 0, k1, 0, 0, 0, 1 << 30}), (Orientation{false, false, false}));
  EXPECT_EQ(orientation_of({0, k1, 0, -k1, 0, 0, 0, 0, 1 << 30}), (Orientation{true, true, false}));
  EXPECT_EQ(orientation_of({-k1, 0, 0, 0, -k1, 0, 0, 0, 1 << 30}), (Orientation{false, true, true}));
  EXPECT_EQ(orientation_of({0, -k1, 0, k1, 0, 0, 0, 0, 1 << 30}), (Orientation{true, false, true}));
  EXPECT_EQ(orientation_of({k1, 0, 0, 0, -k1, 0, 0, 0, 1 << 30}), (Orientation{false, false, true}));
}

TEST(Orientation, HasNoAnswerForOtherAngles) {
  EXPECT_EQ(orientation_of({46341, 46341, 0, -46341, 46341, 0, 0, 0, 1 << 30}), std::nullopt);
}

TEST(Orientation, ATurnToTheRightPutsTheLeftPixelOnTop) {
  const RgbImage turned = oriented(kRedGreen, {true, true, false});
  EXPECT_EQ(turned.width, 1);
  EXPECT_EQ(turned.height, 2);
  EXPECT_EQ(turned.pixels, kRedGreen.pixels);
}

TEST(Orientation, HalfATurnSwapsThePixels) {
  EXPECT_EQ(oriented(kRedGreen, {false, true, true}).pixels, (std::vector<std::uint8_t>{0, 255, 0, 255, 0, 0}));
}

}  // namespace
}  // namespace tvts

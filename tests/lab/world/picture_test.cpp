#include "lab/world/picture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lab/world/scene_sampler.h"
#include "lab/world/still.h"

namespace tvts::world {
namespace {

using Frames = std::vector<std::string>;  // their pixels

Frames frames_of(const Scene& scene, int side = 64) {
  Frames frames;
  draw_scene(scene, side,
             [&](const RgbImage& image) { frames.emplace_back(image.pixels.begin(), image.pixels.end()); });
  return frames;
}

std::uint64_t hash(const std::string& bytes, std::uint64_t value) {  // FNV-1a
  for (const char byte : bytes) value = (value ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3;
  return value;
}

Scene scene_of(EventKind kind, RandomStream& random) {
  return sample_action(sample_event(kind, Split::kTrain, random), 13, random);
}

// The centre of what differs from the background, in pixels.
struct Centre {
  double x, y;
};
Centre centre_of(const Pose& pose, Shape shape) {
  const int side = 128;
  RgbImage image = draw_background({Backdrop::kDark, 0}, side);
  const std::vector<std::uint8_t> before = image.pixels;
  draw_sprite({shape, rgb_of(Colour::kYellow), pose}, image);
  double x = 0, y = 0, count = 0;
  for (int i = 0; i < side * side; ++i) {
    if (image.pixels[static_cast<std::size_t>(3 * i)] == before[static_cast<std::size_t>(3 * i)]) continue;
    x += i % side, y += i / side, ++count;
  }
  return {x / count, y / count};
}

TEST(WorldPicture, AReversedShotHasTheSameFramesBackwards) {
  RandomStream random(1, "reversal");
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    Scene scene = scene_of(static_cast<EventKind>(kind), random);
    Frames frames = frames_of(scene);
    scene.shots[0] = reversed(scene.shots[0]);
    std::ranges::reverse(frames);
    EXPECT_EQ(frames_of(scene), frames) << name_of(static_cast<EventKind>(kind));
  }
}

TEST(WorldPicture, TwinsConsistOfTheSameFramesInAnotherOrder) {
  RandomStream random(2, "twins");
  for (int i = 0; i < 40; ++i) {
    const Twins twins =
        sample_twins(i % 2 == 0 ? TwinKind::kOrder : TwinKind::kDirection, Split::kTest, {12, 12}, random);
    Frames one = frames_of(twins.one), other = frames_of(twins.other);
    EXPECT_NE(one, other);
    std::ranges::sort(one), std::ranges::sort(other);
    EXPECT_EQ(one, other);
  }
}

TEST(WorldPicture, FramesAreTheSameOnEveryMachine) {
  RandomStream random(7, "frames");
  std::uint64_t value = 0xcbf29ce484222325;
  for (int i = 0; i < 24; ++i) {
    const Scene scene = scene_of(static_cast<EventKind>(i % kEventKindCount), random);
    for (const auto& frame : frames_of(scene, i % 2 == 0 ? 64 : 48)) value = hash(frame, value);
  }
  EXPECT_EQ(value, 233889665427779244ULL);
}

TEST(WorldPicture, EachEventEndsOtherwiseThanItBeganOrComesBack) {
  RandomStream random(3, "ends");
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    const Frames frames = frames_of(scene_of(static_cast<EventKind>(kind), random));
    EXPECT_NE(frames.front(), frames[6]) << kind;
    EXPECT_EQ(frames.front() == frames.back(), static_cast<EventKind>(kind) == EventKind::kCollide) << kind;
  }
}

TEST(WorldPicture, ThingsMoveAtLeastAThirdOfTheFrame) {
  RandomStream random(4, "spans");
  for (int i = 0; i < 50; ++i) {
    const Shot left = scene_of(EventKind::kLeft, random).shots[0], down = scene_of(EventKind::kDown, random).shots[0];
    EXPECT_GT(left.from.x - left.to.x, kSide / 3);
    EXPECT_GT(down.to.y - down.from.y, kSide / 3);
  }
}

TEST(WorldPicture, AQuarterOfATurnTakesATrianglesWeightFromBelowToTheLeft) {
  const Centre upright = centre_of({}, Shape::kTriangle);
  const Centre turned = centre_of({.angle = kFullTurn / 4}, Shape::kTriangle);
  EXPECT_GT(upright.y, 64.5);
  EXPECT_LT(turned.x, 62.5);
  EXPECT_NEAR(turned.y, upright.x, 1);
}

TEST(WorldPicture, CollidersMeetInTheMiddleOfTheirShot) {
  RandomStream random(5, "meeting");
  const Shot shot = scene_of(EventKind::kCollide, random).shots[0];
  const auto distance = [&](int frame) {
    const std::vector<Sprite> sprites = sprites_of(shot, frame);
    return std::abs(sprites[0].pose.x - sprites[1].pose.x) + std::abs(sprites[0].pose.y - sprites[1].pose.y);
  };
  EXPECT_EQ(distance(6), 2 * shot.from.radius);
  EXPECT_GT(distance(0), kSide / 2);
  EXPECT_EQ(distance(0), distance(12));
}

TEST(WorldPicture, AThingStandsOutFromEveryBackground) {
  for (int backdrop = 0; backdrop < kBackdropCount; ++backdrop) {
    for (int colour = 0; colour < kColourCount; ++colour) {
      for (const int variant : {0, 85, 255}) {
        const Rgb rgb = rgb_of(static_cast<Colour>(colour));
        for (const std::uint8_t grey : draw_background({static_cast<Backdrop>(backdrop), variant}, 64).pixels) {
          const int distance = std::abs(rgb.red - grey) + std::abs(rgb.green - grey) + std::abs(rgb.blue - grey);
          ASSERT_GE(distance, 150) << backdrop << " " << colour;
        }
      }
    }
  }
}

TEST(WorldPicture, ABigThingIsBiggerThanASmallOne) {
  RandomStream random(6, "stills");
  int smallest_big = kSide, biggest_small = 0;
  for (int i = 0; i < 200; ++i) {
    for (const PlacedThing& placed : sample_still(Split::kTrain, random).things) {
      if (placed.big) smallest_big = std::min(smallest_big, placed.pose.radius);
      if (!placed.big) biggest_small = std::max(biggest_small, placed.pose.radius);
    }
  }
  EXPECT_GT(smallest_big, 3 * biggest_small / 2);
}

}  // namespace
}  // namespace tvts::world

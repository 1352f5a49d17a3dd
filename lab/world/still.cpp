#include "lab/world/still.h"

#include "lab/world/draw.h"
#include "lab/world/picture.h"
#include "lab/world/scene_sampler.h"

namespace tvts::world {
namespace {

Pose sample_pose(Position position, bool big, RandomStream& random) {
  const auto near = [&](int percent) { return kSide * (percent + draw_between(-4, 4, random)) / 100; };
  Pose pose;
  pose.radius = kSide * (big ? draw_between(17, 21, random) : draw_between(8, 10, random)) / 100;
  pose.x = near(position == Position::kLeft ? 24 : position == Position::kRight ? 76 : 50);
  pose.y = near(position == Position::kTop ? 24 : position == Position::kBottom ? 76 : 50);
  return pose;
}

PlacedThing sample_thing(Position position, Split split, RandomStream& random) {
  PlacedThing placed{.position = position, .big = draw_percent(50, random)};
  do {
    placed.thing.shape = draw_enum<Shape>(kShapeCount, random);
    placed.thing.colour = draw_enum<Colour>(kColourCount, random);
  } while (split_of_position(placed.thing, static_cast<int>(position)) != split);
  placed.pose = sample_pose(position, placed.big, random);
  return placed;
}

Position opposite(Position position) {
  constexpr Position kOpposite[] = {Position::kRight, Position::kLeft, Position::kBottom, Position::kTop,
                                    Position::kCentre};
  return kOpposite[static_cast<std::size_t>(position)];
}

}  // namespace

std::string_view name_of(Position position) {
  constexpr std::string_view kNames[] = {"left", "right", "top", "bottom", "centre"};
  return kNames[static_cast<std::size_t>(position)];
}

Still sample_still(Split split, RandomStream& random) {
  Still still{.background = sample_background(random)};
  const Position position = draw_enum<Position>(kPositionCount, random);
  still.things.push_back(sample_thing(position, split, random));
  if (position == Position::kCentre || draw_percent(50, random)) return still;
  do {
    still.things.resize(1);
    still.things.push_back(sample_thing(opposite(position), split, random));
  } while (still.things[0].thing == still.things[1].thing);
  return still;
}

RgbImage draw_still(const Still& still, int side) {
  RgbImage image = draw_background(still.background, side);
  for (const PlacedThing& placed : still.things) {
    draw_sprite({placed.thing.shape, rgb_of(placed.thing.colour), placed.pose}, image);
  }
  return image;
}

}  // namespace tvts::world

#include "tvts/world/still.h"

#include "tvts/world/draw.h"
#include "tvts/world/picture.h"
#include "tvts/world/scene_sampler.h"

namespace tvts::world {
namespace {

Pose sample_pose(Place place, bool big, RandomStream& random) {
  const auto near = [&](int percent) { return kSide * (percent + draw_between(-4, 4, random)) / 100; };
  Pose pose;
  pose.radius = kSide * (big ? draw_between(17, 21, random) : draw_between(8, 10, random)) / 100;
  pose.x = near(place == Place::kLeft ? 24 : place == Place::kRight ? 76 : 50);
  pose.y = near(place == Place::kTop ? 24 : place == Place::kBottom ? 76 : 50);
  return pose;
}

PlacedThing sample_thing(Place place, Split split, RandomStream& random) {
  PlacedThing placed{.place = place, .big = draw_percent(50, random)};
  do {
    placed.thing.shape = draw_enum<Shape>(kShapeCount, random);
    placed.thing.colour = draw_enum<Colour>(kColourCount, random);
  } while (split_of_place(placed.thing, static_cast<int>(place)) != split);
  placed.pose = sample_pose(place, placed.big, random);
  return placed;
}

Place opposite(Place place) {
  constexpr Place kOpposite[] = {Place::kRight, Place::kLeft, Place::kBottom, Place::kTop, Place::kCentre};
  return kOpposite[static_cast<std::size_t>(place)];
}

}  // namespace

std::string_view name_of(Place place) {
  constexpr std::string_view kNames[] = {"left", "right", "top", "bottom", "centre"};
  return kNames[static_cast<std::size_t>(place)];
}

Still sample_still(Split split, RandomStream& random) {
  Still still{.background = sample_background(random)};
  const Place place = draw_enum<Place>(kPlaceCount, random);
  still.things.push_back(sample_thing(place, split, random));
  if (place == Place::kCentre || draw_percent(50, random)) return still;
  do {
    still.things.resize(1);
    still.things.push_back(sample_thing(opposite(place), split, random));
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

// A still picture: one thing or two, named by colour, shape, size and position.
#pragma once

#include <vector>

#include "lab/world/scene.h"
#include "lab/world/splits.h"
#include "tvts/core/random.h"
#include "tvts/media/video/rgb_image.h"

namespace tvts::world {

enum class Position : std::uint8_t { kLeft, kRight, kTop, kBottom, kCentre };
constexpr int kPositionCount = 5;
std::string_view name_of(Position position);

struct PlacedThing {
  Thing thing;
  Position position = Position::kCentre;
  bool big = false;
  Pose pose;
};

struct Still {
  Background background;
  std::vector<PlacedThing> things;  // two of them are at opposite positions
};

// split: kTrain or kVal.
Still sample_still(Split split, RandomStream& random);
RgbImage draw_still(const Still& still, int side);

}  // namespace tvts::world

// Training clips that differ in what happens alone, to stand together in a batch: to tell them apart a model has to see
// motion and order, where among clips drawn at random the things and colours would do.
#pragma once

#include <vector>

#include "tvts/core/random.h"
#include "tvts/world/scene.h"

namespace tvts::world {

constexpr int kContrastSet = 8;  // clips

// One thing, and a different event on it in each clip.
std::vector<Scene> sample_events_of_one_thing(RandomStream& random);

// Two events in either order, each forwards and backwards in time. The clips consist of the same frames.
std::vector<Scene> sample_orders_and_directions(RandomStream& random);

}  // namespace tvts::world

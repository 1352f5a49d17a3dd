// Training clips that differ in their events alone, for one batch: to distinguish them a model has to see motion and
// order, where among clips drawn at random the things and colours would do.
#pragma once

#include <vector>

#include "lab/world/scene.h"
#include "tvts/core/random.h"

namespace tvts::world {

constexpr int kContrastSet = 8;  // clips

// One thing before one background, and a different event on it in each clip: of all the kinds that the training split
// has for it first.
std::vector<Scene> sample_events_of_one_thing(RandomStream& random);

// Two events in either order, each forwards and backwards in time. The clips consist of the same frames.
std::vector<Scene> sample_orders_and_directions(RandomStream& random);

}  // namespace tvts::world

// Draws the poses of an event: start, distance and speed.
#pragma once

#include "tvts/core/random.h"
#include "tvts/world/scene.h"

namespace tvts::world {

Shot sample_shot(const Event& event, int frames, RandomStream& random);

}  // namespace tvts::world

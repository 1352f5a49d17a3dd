// Draws the poses of an event: start, distance and speed.
#pragma once

#include "lab/world/scene.h"
#include "tvts/core/random.h"

namespace tvts::world {

Shot sample_shot(const Event& event, int frames, RandomStream& random);

}  // namespace tvts::world

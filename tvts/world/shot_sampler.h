// Where, how far and how fast: the poses of an event.
#pragma once

#include "tvts/core/random.h"
#include "tvts/world/scene.h"

namespace tvts::world {

Shot sample_shot(const Event& event, int frames, RandomStream& random);

}  // namespace tvts::world

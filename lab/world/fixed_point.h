// Sine by table, so that pictures are the same on every machine.
#pragma once

#include "lab/world/scene.h"

namespace tvts::world {

// Of an angle in 1/kFullTurn, times 2^14.
int sine(int angle);
inline int cosine(int angle) { return sine(angle + kFullTurn / 4); }

}  // namespace tvts::world

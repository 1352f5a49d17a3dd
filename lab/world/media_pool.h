// Draws and encodes the clips and pictures of a world on several threads.
#pragma once

#include <vector>

#include "lab/world/world_plan.h"
#include "lab/world/write_world.h"

namespace tvts::world {

// Files that are there already are left alone. Throws the first error of any thread.
void write_media(const std::vector<MediaFile>& files, const WriteWorld& request);

}  // namespace tvts::world

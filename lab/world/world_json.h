// The content of world.json: the options and the sets of a world.
#pragma once

#include "lab/world/options.h"
#include "lab/world/world_plan.h"
#include "tvts/core/json/parse_json.h"

namespace tvts::world {

// Raised by one whenever the same options give other files.
constexpr int kWorldVersion = 3;

Json options_json(const WorldOptions& options);
Json world_json(const WorldOptions& options, const WorldPlan& plan);

}  // namespace tvts::world

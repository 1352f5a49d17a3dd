// world.json: what a world is and holds.
#pragma once

#include <nlohmann/json.hpp>

#include "tvts/world/options.h"
#include "tvts/world/world_plan.h"

namespace tvts::world {

// Raised by one whenever the same options give other files.
constexpr int kWorldVersion = 2;

nlohmann::ordered_json options_json(const WorldOptions& options);
nlohmann::ordered_json world_json(const WorldOptions& options, const WorldPlan& plan);

}  // namespace tvts::world

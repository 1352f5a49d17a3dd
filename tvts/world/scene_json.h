// Scenes in structured form, for truth/*.jsonl.
#pragma once

#include <nlohmann/json.hpp>

#include "tvts/world/scene.h"
#include "tvts/world/still.h"

namespace tvts::world {

nlohmann::ordered_json to_json(const Scene& scene);
nlohmann::ordered_json to_json(const Still& still);

}  // namespace tvts::world

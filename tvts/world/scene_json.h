// Scenes in structured form, for truth/*.jsonl.
#pragma once

#include "tvts/json/parse_json.h"
#include "tvts/world/scene.h"
#include "tvts/world/still.h"

namespace tvts::world {

Json to_json(const Scene& scene);
Json to_json(const Still& still);

}  // namespace tvts::world

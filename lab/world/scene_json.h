// Scenes in structured form, for truth/*.jsonl.
#pragma once

#include "lab/world/scene.h"
#include "lab/world/still.h"
#include "tvts/core/json/parse_json.h"

namespace tvts::world {

Json to_json(const Scene& scene);
Json to_json(const Still& still);

}  // namespace tvts::world

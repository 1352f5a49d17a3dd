// The events of a scene, shot by shot.
#pragma once

#include <vector>

#include "lab/world/scene.h"

namespace tvts::test {

inline std::vector<world::Event> events_of(const world::Scene& scene) {
  std::vector<world::Event> events;
  for (const world::Shot& shot : scene.shots) events.push_back(shot.event);
  return events;
}

}  // namespace tvts::test

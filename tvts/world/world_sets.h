// The sets of a world: each function adds one set's clips, lists and annotations to the plan.
#pragma once

#include "tvts/world/world_plan.h"

namespace tvts::world {

constexpr int kShortShotFrames = 12;  // of the clips with two events

// YT-Temporal's form.
void plan_narrated(const WorldOptions& options, WorldPlan& plan);
// WebVid's form.
void plan_alt(const WorldOptions& options, WorldPlan& plan);
void plan_stills(const WorldOptions& options, WorldPlan& plan);
void plan_twins(const WorldOptions& options, WorldPlan& plan);

}  // namespace tvts::world

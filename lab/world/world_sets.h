// The sets of a world: each function adds one set's clips, lists and annotations to the plan.
#pragma once

#include "lab/world/world_plan.h"

namespace tvts::world {

constexpr int kShortShotFrames = 12;               // of the clips with two events
constexpr const char* kTemplate = "something {}";  // for class names; the real sets have "a person {}"

// YT-Temporal's form.
void plan_narrated(const WorldOptions& options, WorldPlan& plan);
// WebVid's form.
void plan_alt(const WorldOptions& options, WorldPlan& plan);
void plan_stills(const WorldOptions& options, WorldPlan& plan);
void plan_twins(const WorldOptions& options, WorldPlan& plan);

// The evaluation sets, all of test combinations, in the forms of the paper's benchmarks: caption retrieval, ...
void plan_msrvtt(const WorldOptions& options, WorldPlan& plan);
void plan_didemo(const WorldOptions& options, WorldPlan& plan);
void plan_lsmdc(const WorldOptions& options, WorldPlan& plan);
// ... recognition of the kind of event, with training lists for a linear probe, ...
void plan_hmdb51(const WorldOptions& options, WorldPlan& plan);
void plan_ucf101(const WorldOptions& options, WorldPlan& plan);
void plan_k400(const WorldOptions& options, WorldPlan& plan);
// ... and the choice of the right one among sentences on the same thing.
void plan_ssv2_mc(const WorldOptions& options, WorldPlan& plan);

}  // namespace tvts::world

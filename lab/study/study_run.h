// Trains and tests the runs of a study, and finds again those that are done.
#pragma once

#include <stop_token>
#include <string>

#include "lab/study/study_config.h"
#include "lab/study/study_results.h"
#include "tvts/train/loop/trainer.h"

namespace tvts {

// OUTPUT/runs/NAME.json: the run's config and all that the world tests of it. It is there whole, once the run is done.
std::string result_path(const StudySetup& setup, const std::string& run, int64_t seed);

// Trains the run and tests it on the world; a run that was interrupted is resumed where its training stopped. What the
// training leaves behind is OUTPUT/training/NAME, without its checkpoints. row: without a run, the start itself.
// Throws what train() and world_results() throw.
void do_run(const StudySetup& setup, const StudyRow& row, int64_t seed, const RunContext& context,
            std::stop_token stop);

// Nothing where the run is not done. Throws Error(kInput) where the file is none of ours, Error(kUsage) where it is of
// another study.
std::optional<Measures> finished_run(const StudySetup& setup, const StudyRow& row, int64_t seed);

}  // namespace tvts

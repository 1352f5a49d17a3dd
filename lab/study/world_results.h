// The results of all tests of the small world, of a model and of its blind controls.
#pragma once

#include <string>
#include <vector>

#include "lab/study/systems.h"
#include "lab/study/task_result.h"

namespace tvts {

struct WorldResults {
  std::string world, model, baseline;  // as given; no baseline: empty
  std::vector<TaskResult> tasks;       // of the tests for which the world has clips
};

// baseline: a model trained on means of frames; null for none. Sorting is tested where the model has a sort head.
// Throws Error(kInput) where the world cannot be read, Error(kInterrupted) on stop.
WorldResults world_results(const std::string& world, StudyModel& model, StudyModel* baseline, Controls controls,
                           const ReadingOptions& options);

}  // namespace tvts

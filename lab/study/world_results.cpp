#include "lab/study/world_results.h"

#include <algorithm>

#include "lab/study/recognition_task.h"
#include "lab/study/retrieval_task.h"
#include "lab/study/sorting_task.h"
#include "lab/study/twin_task.h"
#include "lab/study/world_folder.h"
#include "tvts/core/error.h"

namespace tvts {

WorldResults world_results(const std::string& world, StudyModel& model, StudyModel* baseline, Controls controls,
                           const ReadingOptions& options) {
  const WorldTests tests = read_world_tests(world);
  Systems systems(model, baseline, controls, options);
  WorldResults results = {.world = world, .model = model.path, .baseline = baseline == nullptr ? "" : baseline->path};
  const auto add = [&](std::vector<TaskResult> tasks) { std::ranges::move(tasks, std::back_inserter(results.tasks)); };
  if (!tests.retrieval.empty()) add(retrieval_tasks(tests.retrieval, systems));
  if (!tests.twins.empty()) add(twin_tasks(tests.twins, systems));
  if (!tests.actions.paths.empty()) add(recognition_tasks(tests.actions, systems));
  if (model.segments > 0 && !tests.narrated_list.empty()) add({sorting_task(tests, systems)});
  if (results.tasks.empty())
    fail_input(world, " has no test clips; make a world with --test, --twins or --test-actions");
  return results;
}

}  // namespace tvts

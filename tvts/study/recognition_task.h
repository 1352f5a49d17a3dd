// Zero-shot recognition of the kind of event that a clip shows.
#pragma once

#include <vector>

#include "tvts/study/systems.h"
#include "tvts/study/task_result.h"
#include "tvts/study/world_folder.h"

namespace tvts {

// Among all classes; and of the clips that show a move, its direction among the directions.
std::vector<TaskResult> recognition_tasks(const ActionTest& test, Systems& systems);

}  // namespace tvts

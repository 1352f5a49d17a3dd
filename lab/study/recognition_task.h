// Zero-shot recognition of the kind of event that a clip shows.
#pragma once

#include <vector>

#include "lab/study/systems.h"
#include "lab/study/task_result.h"
#include "lab/study/world_folder.h"

namespace tvts {

// Among all classes; and of the clips that show a move, its direction among the directions.
std::vector<TaskResult> recognition_tasks(const ActionTest& test, Systems& systems);

}  // namespace tvts

// Twin clips: the same frames, in another order of events or with an event backwards. Does a clip's own caption score
// above its twin's?
#pragma once

#include <vector>

#include "lab/study/systems.h"
#include "lab/study/task_result.h"
#include "lab/study/world_folder.h"

namespace tvts {

// Of each kind of twins, with captions of two registers. An item is a pair, as its two clips are no independent draws.
std::vector<TaskResult> twin_tasks(const std::vector<TwinClips>& twins, Systems& systems);

// Percent of a pair's two clips that are right; equal scores count half.
// Features [2 * pairs, E] of the clips and of their captions: both of pair 0, both of pair 1, ...
std::vector<double> pair_values(const at::Tensor& videos, const at::Tensor& texts);

}  // namespace tvts

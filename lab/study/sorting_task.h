// Sorting the transcripts of narrated clips with the sort head.
#pragma once

#include <vector>

#include "lab/study/systems.h"
#include "lab/study/task_result.h"
#include "lab/study/world_folder.h"

namespace tvts {

// K transcripts of each narrated test clip, at segments drawn by the clip's name: the share of texts that are put where
// they belong, with the clip's own frames and with those of another clip. Needs the model's sort head.
TaskResult sorting_task(const WorldTests& tests, Systems& systems);

// Percent of each clip's K texts. logits: [clips, K, K], a row of position scores for each text.
std::vector<double> sorted_shares(const at::Tensor& logits);

}  // namespace tvts

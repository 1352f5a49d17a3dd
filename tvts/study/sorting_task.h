// Sorting the transcripts of narrated clips with the sort head.
#pragma once

#include <vector>

#include "tvts/study/systems.h"
#include "tvts/study/task_result.h"
#include "tvts/study/world_folder.h"

namespace tvts {

// K transcripts of each narrated test clip, at segments drawn by the clip's name: the share of texts that are put where
// they belong, with the clip's own frames and with those of another clip. Needs the model's sort head.
TaskResult sorting_task(const WorldTests& tests, Systems& systems);

// Percent of each clip's K texts. logits: [clips, K, K], a row of position scores for each text.
std::vector<double> sorted_shares(const at::Tensor& logits);

}  // namespace tvts

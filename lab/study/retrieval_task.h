// Text-to-video retrieval on the world's test clips, with captions of two registers.
#pragma once

#include <span>
#include <vector>

#include "lab/study/systems.h"
#include "lab/study/task_result.h"
#include "lab/study/world_folder.h"

namespace tvts {

// R@1, R@5, R@10, the rank and the matched similarity, for query captions and for alt-text.
std::vector<TaskResult> retrieval_tasks(const std::vector<CaptionedClip>& clips, Systems& systems);

// The rank of clip i for text i, 1 the best: the mean of the ranks that clips of equal scores share.
// scores: [n, n], a row of clips for each text.
std::vector<double> shared_ranks(std::span<const float> scores, std::size_t n);

}  // namespace tvts

// The paper's protocol for a benchmark, the deviations of a run from it, and the paper's rows beside ours.
#pragma once

#include <string>
#include <vector>

#include "tvts/evaluate/results/evaluation.h"
#include "tvts/evaluate/results/manifest.h"
#include "tvts/report/paper_results.h"

namespace tvts {

// A sentence for each thing in which the run differs from the published protocol; empty for a user's own benchmark.
std::vector<std::string> differences_from_paper(const Manifest& manifest);

// Ours first, then the paper's rows for the benchmark (its Tables 1 to 3); none where the paper has none.
std::vector<Table> beside_the_paper(const Manifest& manifest, const Evaluation& evaluation, const PaperTables& paper);

}  // namespace tvts

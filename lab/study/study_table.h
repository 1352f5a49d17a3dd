// One experiment as a table: the paper's numbers and ours side by side.
#pragma once

#include "lab/study/study_plan.h"
#include "lab/study/study_results.h"
#include "tvts/report/paper_results.h"

namespace tvts {

// A row for each of the experiment's, with the paper's columns and ours, as mean ± deviation over the seeds.
Table experiment_table(const Experiment& experiment, const StudyResults& results, const PaperTables& paper);

}  // namespace tvts

// A study as a page and as JSON: the paper's numbers and ours side by side, and in plain sentences what agrees.
#pragma once

#include <string>
#include <vector>

#include "lab/study/study_plan.h"
#include "lab/study/study_results.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/report/page.h"
#include "tvts/report/paper_results.h"

namespace tvts {

struct StudyReport {
  std::string intro;  // what was run on what
  std::vector<Experiment> experiments;
  StudyResults results;
  PaperTables paper;
};

Page study_page(const StudyReport& report);
Json study_json(const StudyReport& report);

}  // namespace tvts

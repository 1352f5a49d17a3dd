// A study as a page and as JSON: the paper's numbers and ours side by side, and in plain sentences what agrees.
#pragma once

#include <string>
#include <vector>

#include "tvts/json/parse_json.h"
#include "tvts/report/page.h"
#include "tvts/report/paper_results.h"
#include "tvts/study/study_plan.h"
#include "tvts/study/study_results.h"

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

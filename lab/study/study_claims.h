// Tells in plain sentences which findings of the paper hold for our runs.
#pragma once

#include <string>
#include <vector>

#include "lab/study/study_plan.h"
#include "lab/study/study_results.h"

namespace tvts {

struct JudgedClaim {
  StudyClaim claim;
  std::string measure;
  Judgement judgement;
  std::string sentence;
};

// Every claim of the experiment, in each measure that its claims are tested in.
std::vector<JudgedClaim> judged_claims(const Experiment& experiment, const StudyResults& results);

std::string to_string(Verdict verdict);  // "agrees", "disagrees", "the noise does not tell", "not run"

}  // namespace tvts

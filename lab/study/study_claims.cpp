#include "lab/study/study_claims.h"

#include <algorithm>

#include "lab/study/study_measures.h"
#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

const StudyRow& row_named(const Experiment& experiment, const std::string& name) {
  const auto found = std::ranges::find(experiment.rows, name, &StudyRow::name);
  TVTS_ASSERT(found != experiment.rows.end());
  return *found;
}

std::string numbers_of(const Sample& better, const Sample& worse, const Judgement& judgement,
                       const std::string& measure) {
  const int decimals = measure_named(measure).decimals;
  const std::string numbers = concat(sample_text(better, measure), " against ", sample_text(worse, measure),
                                     ", a difference of ", fixed(judgement.difference, decimals));
  if (better.n < 2 || worse.n < 2) return numbers + ", of one seed";
  return concat(numbers, " with two standard errors of ", fixed(judgement.two_standard_errors, decimals), ", ",
                std::min(better.n, worse.n), " seeds");
}

std::string sentence_of(const Experiment& experiment, const JudgedClaim& judged, const Sample& better,
                        const Sample& worse) {
  const std::string axis = experiment.x_label.empty() ? "" : experiment.x_label + " ";
  const std::string what =
      concat(measure_named(judged.measure).name, ": ", axis, judged.claim.better, " above ", judged.claim.worse);
  const std::string numbers = numbers_of(better, worse, judged.judgement, judged.measure);
  switch (judged.judgement.verdict) {
    case Verdict::kAgrees: return concat(what, ", as in the paper: ", numbers, ".");
    case Verdict::kDisagrees: return concat(what, " in the paper, NOT here: ", numbers, ".");
    case Verdict::kNoiseDoesNotTell: return concat(what, " in the paper; the noise does not tell here: ", numbers, ".");
    case Verdict::kNotRun: return concat(what, " in the paper; not run here.");
  }
  return "";
}

}  // namespace

std::vector<JudgedClaim> judged_claims(const Experiment& experiment, const StudyResults& results) {
  std::vector<JudgedClaim> all;
  for (const std::string& measure : experiment.claim_measures) {
    for (const StudyClaim& claim : experiment.claims) {
      const Sample better = sample_of(results, row_named(experiment, claim.better).run_name(), measure);
      const Sample worse = sample_of(results, row_named(experiment, claim.worse).run_name(), measure);
      JudgedClaim judged = {.claim = claim, .measure = measure, .judgement = judge(better, worse)};
      judged.sentence = sentence_of(experiment, judged, better, worse);
      all.push_back(std::move(judged));
    }
  }
  return all;
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAgrees: return "agrees";
    case Verdict::kDisagrees: return "disagrees";
    case Verdict::kNoiseDoesNotTell: return "the noise does not tell";
    case Verdict::kNotRun: return "not run";
  }
  return "";
}

}  // namespace tvts

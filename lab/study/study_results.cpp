#include "lab/study/study_results.h"

#include <cmath>

namespace tvts {
namespace {

double squared_error(const Sample& sample) {
  return sample.deviation * sample.deviation / static_cast<double>(sample.n);
}

}  // namespace

Sample sample_of(const StudyResults& results, const std::string& run, const std::string& measure) {
  std::vector<double> values;
  if (const auto found = results.find(run); found != results.end()) {
    for (const auto& [seed, measures] : found->second) {
      if (const auto value = measures.find(measure); value != measures.end()) values.push_back(value->second);
    }
  }
  Sample sample = {.n = values.size()};
  const auto n = static_cast<double>(values.size());
  for (const double value : values) sample.mean += value / n;
  double squares = 0;
  for (const double value : values) squares += (value - sample.mean) * (value - sample.mean);
  if (values.size() > 1) sample.deviation = std::sqrt(squares / (n - 1));
  return sample;
}

Judgement judge(const Sample& better, const Sample& worse) {
  if (better.n == 0 || worse.n == 0) return {};
  Judgement judgement = {.verdict = Verdict::kNoiseDoesNotTell, .difference = better.mean - worse.mean};
  if (better.n < 2 || worse.n < 2) return judgement;
  judgement.two_standard_errors = 2 * std::sqrt(squared_error(better) + squared_error(worse));
  if (judgement.difference > judgement.two_standard_errors) judgement.verdict = Verdict::kAgrees;
  if (judgement.difference < -judgement.two_standard_errors) judgement.verdict = Verdict::kDisagrees;
  return judgement;
}

}  // namespace tvts

// The finished runs of a study, and their results for the paper's claims.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace tvts {

// One run with one seed: what the model reaches in each of the world's tests, by key (docs/study.md).
using Measures = std::map<std::string, double>;
// By the run's name; of each seed that is finished.
using StudyResults = std::map<std::string, std::map<std::int64_t, Measures>>;

// One measure over the seeds.
struct Sample {
  std::size_t n = 0;
  double mean = 0;
  double deviation = 0;  // of the seeds, by n - 1; 0 for fewer than two
};
Sample sample_of(const StudyResults& results, const std::string& run, const std::string& measure);

enum class Verdict { kAgrees, kDisagrees, kNoiseDoesNotTell, kNotRun };

struct Judgement {
  Verdict verdict = Verdict::kNotRun;
  double difference = 0;           // better - worse
  double two_standard_errors = 0;  // of it
};

// True if the sample that should be better is so: decided where the difference of the means is larger than two of its
// standard errors. The noise does not tell where one of them has fewer than two seeds.
Judgement judge(const Sample& better, const Sample& worse);

}  // namespace tvts

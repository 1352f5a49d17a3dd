// The result of one benchmark: measures over all items, and the result of each item.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/bootstrap.h"

namespace tvts {

struct Prediction {
  std::string text;  // the video, text, class or option that was chosen
  double score = 0;  // cosine similarity
};

struct EvaluationItem {
  std::string question;  // "t2v", "v2t", "action", "choice"
  std::string video;     // its name in the annotations
  std::string text;      // t2v: the query; action: the right class; choice: the right option; v2t: empty
  double credit = 0;     // towards R@1 or top-1: 0 to 100
  double rank = 0;       // of what is right, 1 is best
  std::optional<double> dsl_rank;
  std::vector<Prediction> predictions;  // best first
};

struct Measure {
  std::string key;    // "t2v_r1": stands in JSON
  std::string title;  // "text to video, R@1"
  int decimals = 1;
  double value = 0;
  std::optional<Interval> interval;  // 95 %, of means
};

struct ClassResult {
  std::string name;
  ClassAccuracy accuracy;
};

struct Evaluation {
  std::vector<Measure> measures;
  std::vector<EvaluationItem> items;
  std::vector<ClassResult> classes;      // actions alone
  std::vector<std::uint64_t> confusion;  // [classes, classes], right x predicted; empty where they are too many
};

// Null where there is no such measure.
const Measure* find_measure(const Evaluation& evaluation, const std::string& key);

}  // namespace tvts

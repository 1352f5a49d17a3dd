// Two runs on the same benchmark, item by item.
#pragma once

#include <string>
#include <vector>

#include "tvts/evaluate/results/evaluation_json.h"
#include "tvts/metrics/paired_test.h"
#include "tvts/report/table.h"

namespace tvts {

struct ItemDifference {
  std::string video, text;
  double rank_a = 0, rank_b = 0;
};

// One kind of question ("t2v", "action", ...) of both.
struct QuestionComparison {
  std::string question;
  double a = 0, b = 0;                      // R@1 or top-1, percent
  PairedTest credit;                        // of R@1 or top-1
  PairedTest closeness;                     // of minus the rank: higher is better
  std::vector<ItemDifference> differences;  // items of different rank, the largest ratio of ranks first
};

struct Comparison {
  std::string benchmark;
  bool same_split = true;
  std::string precision_a, precision_b;
  std::size_t only_a = 0, only_b = 0;  // items that the other one lacks
  std::vector<QuestionComparison> questions;
};

// Items are matched by question, video and text. Throws Error(kInput) when they are of different benchmarks or have no
// item in common.
Comparison compare_evaluations(const WrittenEvaluation& a, const WrittenEvaluation& b);

// A row a question; then, of each question, the items that differ most.
std::vector<Table> comparison_tables(const Comparison& comparison, std::size_t most_items);

Json comparison_json(const Comparison& comparison);

}  // namespace tvts

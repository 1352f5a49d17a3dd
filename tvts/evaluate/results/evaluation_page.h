// Results of benchmarks as tables and as a page, each beside the paper's rows.
#pragma once

#include <string>
#include <vector>

#include "tvts/evaluate/results/protocol.h"
#include "tvts/report/page.h"

namespace tvts {

struct BenchmarkResult {
  Manifest manifest;
  Evaluation evaluation;
};

// Measures with their intervals.
Table evaluation_table(const BenchmarkResult& result);

Page evaluation_page(const std::vector<BenchmarkResult>& results, const PaperTables& paper);

}  // namespace tvts

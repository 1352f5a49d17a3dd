// An evaluation from its request to its results and files: for the command and for the public face.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/api/evaluate.h"
#include "tvts/core/job_control.h"
#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/evaluate/results/evaluation_page.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/weights/known_hashes.h"

namespace tvts {

// A benchmark that was opened and looked through.
struct CheckedBenchmark {
  Benchmark benchmark;
  std::vector<bool> leave_out;       // [videos]
  std::vector<MissingItem> missing;  // those that are left out
};

// Of each benchmark of the request, in their order; writes its missing.jsonl. Throws what api::check_benchmarks()
// throws.
void check_benchmarks(const api::EvaluateRequest& request, const JobControl& control,
                      const std::function<void(CheckedBenchmark&& checked)>& on_checked);

// All benchmarks are looked through before the first is embedded. model: nullptr: that of the request, whose remarks
// are logged. Throws what api::evaluate() throws.
std::vector<BenchmarkResult> run_evaluation(const api::EvaluateRequest& request, const PretrainedModel* model,
                                            const KnownHashes& hashes, const JobControl& control);

}  // namespace tvts

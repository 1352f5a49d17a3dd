// Turns a request for an evaluation into the options of its parts.
#pragma once

#include "tvts/api/evaluate.h"
#include "tvts/core/job_control.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/results/evaluate.h"
#include "tvts/evaluate/results/manifest.h"

namespace tvts {

inline constexpr std::size_t kFewestResamples = 100;

// Throws Error(kUsage) on values that make no sense together.
void check(const api::EvaluateRequest& request);

// The folder of a benchmark: request.data itself, or the folder of that name in it.
BenchmarkOptions benchmark_options(const api::EvaluateRequest& request, const std::string& name);

EvaluateOptions evaluate_options(const api::EvaluateRequest& request, const JobControl& control);

// Adds the request's part of the manifest to the benchmark's.
void describe(Manifest& manifest, const api::EvaluateRequest& request);

// output/BENCHMARK/videos, with what makes its rows differ from the published ones in the name.
std::string store_of(const api::EvaluateRequest& request, const std::string& benchmark);

}  // namespace tvts

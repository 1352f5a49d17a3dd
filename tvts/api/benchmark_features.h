// The features of a benchmark: its videos through a store, so that a stopped run can be resumed, and its texts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/features/store_run.h"

namespace tvts {

struct BenchmarkVideos {
  std::vector<float> features;       // [videos with a feature, E], of length 1
  std::vector<bool> has_feature;     // [videos]
  std::vector<std::string> reasons;  // [videos], why one that was not left out has no feature
};

// leave_out: [videos], those that are known to be missing. A video that cannot be decoded has no feature, but a reason.
// run.embed has no windows. Throws what run_into_store() throws.
BenchmarkVideos embed_benchmark_videos(const StoreRun& run, const Benchmark& benchmark,
                                       const std::vector<bool>& leave_out, const InferenceModel& model,
                                       std::stop_token stop, const std::function<void(const StorePlan&)>& on_plan,
                                       const std::function<void(const EmbeddedItem&)>& on_item);

// [texts, E], of length 1: captions, options, or one feature of each class out of the benchmark's templates.
// texts: those that the evaluation takes (texts_of() in tvts/evaluate/results/evaluate.h).
std::vector<float> embed_benchmark_texts(const Benchmark& benchmark, const std::vector<std::string>& texts,
                                         const InferenceModel& model, const Tokenizer& tokenizer,
                                         const std::function<void(std::size_t done)>& on_batch);

}  // namespace tvts

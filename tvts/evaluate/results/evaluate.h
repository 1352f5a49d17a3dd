// Computes the measures of a benchmark from the features of its videos and texts.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/evaluate/results/evaluation.h"
#include "tvts/metrics/retrieval_ranks.h"

namespace tvts {

struct Features {
  std::span<const float> videos;  // [videos, dim]
  std::span<const float> texts;   // [texts, dim]: of texts_of() its benchmark
  std::size_t dim = 0;
};

struct EvaluateOptions {
  TieRule ties = TieRule::kPublished;  // of text-to-video ranks
  BootstrapOptions bootstrap;
  std::size_t threads = 1;
  std::function<void()> pause = [] {};  // called now and then; may throw to stop
};

// The texts whose features an evaluation takes: captions; classes (as many templates as there are make one feature of
// each); of a choice every option once.
std::vector<std::string> texts_of(const Benchmark& benchmark);

// Throws Error(kInput) where the features are not as many as the videos and texts, or a similarity is NaN.
Evaluation evaluate(const Benchmark& benchmark, const Features& features, const EvaluateOptions& options);

}  // namespace tvts

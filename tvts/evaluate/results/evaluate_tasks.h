// One evaluation a task; evaluate() chooses. The tiles are those of the benchmark's texts and videos.
#pragma once

#include "tvts/evaluate/results/evaluate.h"
#include "tvts/metrics/cosine.h"

namespace tvts {

Evaluation evaluate_retrieval(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options);
Evaluation evaluate_actions(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options);
Evaluation evaluate_choice(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options);

// The mean of one value an item, with its bootstrap interval.
Measure mean_measure(std::string key, std::string title, std::span<const double> values,
                     const EvaluateOptions& options);

}  // namespace tvts

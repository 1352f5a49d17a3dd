#include "tvts/evaluate/results/evaluate.h"

#include <algorithm>
#include <unordered_set>

#include "tvts/core/error.h"
#include "tvts/evaluate/results/evaluate_tasks.h"

namespace tvts {

Measure mean_measure(std::string key, std::string title, std::span<const double> values,
                     const EvaluateOptions& options) {
  options.pause();
  const Interval interval = bootstrap_mean(values, options.bootstrap);
  return {.key = std::move(key), .title = std::move(title), .value = interval.mean, .interval = interval};
}

const Measure* find_measure(const Evaluation& evaluation, const std::string& key) {
  const auto found = std::ranges::find(evaluation.measures, key, &Measure::key);
  return found == evaluation.measures.end() ? nullptr : &*found;
}

std::vector<std::string> texts_of(const Benchmark& benchmark) {
  if (benchmark.task == BenchmarkTask::kRetrieval) return benchmark.texts;
  if (benchmark.task == BenchmarkTask::kActions) return benchmark.classes;
  std::unordered_set<std::string> seen;
  std::vector<std::string> texts;
  for (const auto& options : benchmark.options) {
    for (const std::string& option : options) {
      if (seen.insert(option).second) texts.push_back(option);
    }
  }
  return texts;
}

Evaluation evaluate(const Benchmark& benchmark, const Features& features, const EvaluateOptions& options) {
  const auto check = [&](const char* what, std::size_t found, std::size_t wanted) {
    if (found != wanted * features.dim) {
      fail_input(benchmark.name, ": found ", found, " numbers as features of ", what, ", expected ", wanted, " x ",
                 features.dim);
    }
  };
  check("videos", features.videos.size(), benchmark.videos.size());
  check("texts", features.texts.size(), texts_of(benchmark).size());
  const CosineTiles tiles(features.texts, features.videos, features.dim, options.threads);
  if (benchmark.task == BenchmarkTask::kRetrieval) return evaluate_retrieval(benchmark, tiles, options);
  if (benchmark.task == BenchmarkTask::kActions) return evaluate_actions(benchmark, tiles, options);
  return evaluate_choice(benchmark, tiles, options);
}

}  // namespace tvts

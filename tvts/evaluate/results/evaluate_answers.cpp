// Actions and multiple choice: of the answers that there are, how high does the right one score?
#include <algorithm>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/evaluate/results/evaluate_tasks.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/top_k_indices.h"

namespace tvts {
namespace {

constexpr std::size_t kPredictions = 5;              // kept of each video
constexpr std::size_t kMostConfusionClasses = 4000;  // a matrix of as many is 128 MB, and no picture has more pixels

// The rank of the right score, ties shared.
double shared_rank(std::span<const float> scores, std::size_t right) {
  const auto above = std::ranges::count_if(scores, [&](float score) { return score > scores[right]; });
  const auto level = std::ranges::count(scores, scores[right]);
  return static_cast<double>(above) + static_cast<double>(level + 1) / 2;
}

// One question on one video: `names` are what could be answered.
EvaluationItem answered(const char* question, const std::string& video, std::span<const float> scores,
                        const std::vector<std::string>& names, std::size_t right, std::size_t predictions) {
  EvaluationItem item = {.question = question,
                         .video = video,
                         .text = names[right],
                         .credit = 100 * top_k_credit(scores, right, 1),
                         .rank = shared_rank(scores, right)};
  for (const std::size_t index : top_k_indices(scores, predictions)) {
    item.predictions.push_back({names[index], static_cast<double>(scores[index])});
  }
  return item;
}

std::vector<double> credits_of(const Evaluation& evaluation) {
  std::vector<double> credits;
  for (const EvaluationItem& item : evaluation.items) credits.push_back(item.credit);
  return credits;
}

}  // namespace

Evaluation evaluate_actions(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options) {
  const std::size_t classes = benchmark.classes.size(), videos = benchmark.videos.size();
  std::vector<float> scores;  // [videos, classes]
  for (std::size_t video = 0; video < videos; ++video) {
    for (std::size_t label = 0; label < classes; ++label) scores.push_back(tiles.similarity(label, video));
  }
  Evaluation evaluation;
  for (std::size_t video = 0; video < videos; ++video) {
    evaluation.items.push_back(answered("action", benchmark.videos[video].name,
                                        std::span(scores).subspan(video * classes, classes), benchmark.classes,
                                        benchmark.answers[video], kPredictions));
  }
  evaluation.measures.push_back(mean_measure("top1", "top-1", credits_of(evaluation), options));
  std::vector<double> top5 = top_k_credits(scores, benchmark.answers, classes, 5);
  for (double& value : top5) value *= 100;
  evaluation.measures.push_back(mean_measure("top5", "top-5", top5, options));
  const std::vector<ClassAccuracy> per_class = accuracy_per_class(scores, benchmark.answers, classes);
  for (std::size_t label = 0; label < classes; ++label) {
    evaluation.classes.push_back({benchmark.classes[label], per_class[label]});
  }
  evaluation.measures.push_back({"class_mean", "top-1, mean over the classes", 1, mean_over_classes(per_class), {}});
  if (classes <= kMostConfusionClasses) evaluation.confusion = confusion_counts(scores, benchmark.answers, classes);
  return evaluation;
}

Evaluation evaluate_choice(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options) {
  std::unordered_map<std::string, std::size_t> index_of;
  for (const std::string& text : texts_of(benchmark)) index_of.emplace(text, index_of.size());
  Evaluation evaluation;
  for (std::size_t video = 0; video < benchmark.videos.size(); ++video) {
    std::vector<float> scores;
    for (const std::string& option : benchmark.options[video]) {
      scores.push_back(tiles.similarity(index_of.at(option), video));
    }
    evaluation.items.push_back(answered("choice", benchmark.videos[video].name, scores, benchmark.options[video],
                                        benchmark.answers[video], 1));
  }
  evaluation.measures.push_back(mean_measure("accuracy", "accuracy", credits_of(evaluation), options));
  return evaluation;
}

}  // namespace tvts

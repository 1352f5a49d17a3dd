#include "tvts/results/evaluate.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "tvts/core/error.h"
#include "tvts/eval/cosine.h"

namespace tvts {
namespace {

constexpr std::size_t kPredictions = 5;  // kept of each video

Measure mean_measure(std::string key, std::string title, std::span<const double> values,
                     const EvaluateOptions& options) {
  const Interval interval = bootstrap_mean(values, options.bootstrap);
  return {.key = std::move(key), .title = std::move(title), .value = interval.mean, .interval = interval};
}

void add_rank_measures(Evaluation& evaluation, const std::string& key, const std::string& title,
                       std::span<const double> ranks, const EvaluateOptions& options) {
  for (const std::size_t k : {1, 5, 10, 50}) {
    evaluation.measures.push_back(
        mean_measure(concat(key, "_r", k), concat(title, ", R@", k), recall_hits(ranks, k), options));
  }
  const RetrievalMetrics metrics = retrieval_metrics(ranks);
  evaluation.measures.push_back({key + "_medr", title + ", median rank", 1, metrics.median_rank, {}});
  evaluation.measures.push_back({key + "_meanr", title + ", mean rank", 1, metrics.mean_rank, {}});
  evaluation.measures.push_back(
      {key + "_geometric_mean", title + ", geometric mean of R@1, 5, 10", 1, metrics.geometric_mean, {}});
}

// What scores highest for each text and each video, the first of equals, seen while tiles are filled.
class BestSeen {
 public:
  BestSeen(std::size_t texts, std::size_t videos) : of_text_(texts), of_video_(videos) {}

  void look(const SimilarityTile& tile, std::span<const float> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t text = tile.first_text + i / tile.videos, video = tile.first_video + i % tile.videos;
      of_text_[text].offer(video, values[i]);
      of_video_[video].offer(text, values[i]);
    }
  }

  struct Best {
    std::size_t place = 0;
    float score = -2;  // below every cosine
    void offer(std::size_t other, float value) {
      if (value > score || (value == score && other < place)) *this = {other, value};
    }
  };
  const Best& of_text(std::size_t text) const { return of_text_[text]; }
  const Best& of_video(std::size_t video) const { return of_video_[video]; }

 private:
  std::vector<Best> of_text_, of_video_;
};

void add_retrieval_items(Evaluation& evaluation, const Benchmark& benchmark, const RetrievalRanks& ranks,
                         const RetrievalRanks& dsl, const BestSeen& best) {
  const std::vector<double> t2v_hits = recall_hits(ranks.t2v, 1), v2t_hits = recall_hits(ranks.v2t, 1);
  for (std::size_t text = 0; text < benchmark.texts.size(); ++text) {
    const auto& found = best.of_text(text);
    evaluation.items.push_back({.question = "t2v",
                                .video = benchmark.videos[benchmark.video_of_text[text]].name,
                                .text = benchmark.texts[text],
                                .credit = t2v_hits[text],
                                .rank = ranks.t2v[text],
                                .dsl_rank = dsl.t2v[text],
                                .predictions = {{benchmark.videos[found.place].name, found.score}}});
  }
  for (std::size_t video = 0; video < benchmark.videos.size(); ++video) {
    const auto& found = best.of_video(video);
    evaluation.items.push_back({.question = "v2t",
                                .video = benchmark.videos[video].name,
                                .credit = v2t_hits[video],
                                .rank = ranks.v2t[video],
                                .dsl_rank = dsl.v2t[video],
                                .predictions = {{benchmark.texts[found.place], found.score}}});
  }
}

Evaluation evaluate_retrieval(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options) {
  const std::size_t videos = benchmark.videos.size();
  BestSeen best(benchmark.texts.size(), videos);
  const FillTile fill = [&](const SimilarityTile& tile, std::span<float> values) { tiles.fill(tile, values); };
  const FillTile fill_and_look = [&](const SimilarityTile& tile, std::span<float> values) {
    tiles.fill(tile, values);
    best.look(tile, values);
  };
  constexpr std::size_t kTile = 1024;
  const RetrievalRanks ranks =
      retrieval_ranks_in_tiles(fill_and_look, benchmark.video_of_text, videos, kTile, options.ties);
  const RetrievalRanks dsl =
      dual_softmax_ranks_in_tiles(fill, benchmark.video_of_text, videos, 100, kTile, options.ties);

  Evaluation evaluation;
  add_rank_measures(evaluation, "t2v", "text to video", ranks.t2v, options);
  add_rank_measures(evaluation, "v2t", "video to text", ranks.v2t, options);
  add_rank_measures(evaluation, "t2v_dsl", "text to video, DSL (transductive)", dsl.t2v, options);
  add_rank_measures(evaluation, "v2t_dsl", "video to text, DSL (transductive)", dsl.v2t, options);
  std::vector<double> matched;
  for (std::size_t text = 0; text < benchmark.texts.size(); ++text) {
    matched.push_back(static_cast<double>(tiles.similarity(text, benchmark.video_of_text[text])));
  }
  evaluation.measures.push_back(mean_measure("mms", "mean matched similarity (MMS)", matched, options));
  evaluation.measures.back().decimals = 3;
  add_retrieval_items(evaluation, benchmark, ranks, dsl, best);
  return evaluation;
}

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
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  for (std::size_t i = 0; i < std::min(predictions, order.size()); ++i) {
    item.predictions.push_back({names[order[i]], static_cast<double>(scores[order[i]])});
  }
  return item;
}

std::vector<double> credits_of(const Evaluation& evaluation) {
  std::vector<double> credits;
  for (const EvaluationItem& item : evaluation.items) credits.push_back(item.credit);
  return credits;
}

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
  double sum = 0, shown = 0;
  for (std::size_t label = 0; label < classes; ++label) {
    evaluation.classes.push_back({benchmark.classes[label], per_class[label]});
    sum += per_class[label].top1;
    shown += per_class[label].items > 0;
  }
  evaluation.measures.push_back({"class_mean", "top-1, mean over the classes", 1, sum / shown, {}});
  evaluation.confusion = confusion_counts(scores, benchmark.answers, classes);
  return evaluation;
}

Evaluation evaluate_choice(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options) {
  std::unordered_map<std::string, std::size_t> place;
  for (const std::string& text : texts_of(benchmark)) place.emplace(text, place.size());
  Evaluation evaluation;
  for (std::size_t video = 0; video < benchmark.videos.size(); ++video) {
    std::vector<float> scores;
    for (const std::string& option : benchmark.options[video]) {
      scores.push_back(tiles.similarity(place.at(option), video));
    }
    evaluation.items.push_back(answered("choice", benchmark.videos[video].name, scores, benchmark.options[video],
                                        benchmark.answers[video], 1));
  }
  evaluation.measures.push_back(mean_measure("accuracy", "accuracy", credits_of(evaluation), options));
  return evaluation;
}

}  // namespace

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

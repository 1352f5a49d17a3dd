#include "tvts/core/error.h"
#include "tvts/core/parallel_for.h"
#include "tvts/evaluate/results/evaluate_tasks.h"
#include "tvts/metrics/dual_softmax.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts {
namespace {

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

// The highest score for each text and each video, the first of equals, seen while tiles are filled.
class BestSeen {
 public:
  BestSeen(std::size_t texts, std::size_t videos) : of_text_(texts), of_video_(videos) {}

  void look(const SimilarityTile& tile, std::span<const float> values, std::size_t threads) {
    parallel_for(tile.texts, threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) {
        Best& best = of_text_[tile.first_text + row];
        const std::span<const float> scores = values.subspan(row * tile.videos, tile.videos);
        for (std::size_t i = 0; i < scores.size(); ++i) best.offer(tile.first_video + i, scores[i]);
      }
    });
    parallel_for(tile.videos, threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = 0; row < tile.texts; ++row) {
        const std::span<const float> scores = values.subspan(row * tile.videos, tile.videos);
        for (std::size_t i = begin; i < end; ++i)
          of_video_[tile.first_video + i].offer(tile.first_text + row, scores[i]);
      }
    });
  }

  struct Best {
    std::size_t index = 0;
    float score = -2;  // below every cosine
    void offer(std::size_t other, float value) {
      if (value > score || (value == score && other < index)) *this = {other, value};
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
                                .predictions = {{benchmark.videos[found.index].name, found.score}}});
  }
  for (std::size_t video = 0; video < benchmark.videos.size(); ++video) {
    const auto& found = best.of_video(video);
    evaluation.items.push_back({.question = "v2t",
                                .video = benchmark.videos[video].name,
                                .credit = v2t_hits[video],
                                .rank = ranks.v2t[video],
                                .dsl_rank = dsl.v2t[video],
                                .predictions = {{benchmark.texts[found.index], found.score}}});
  }
}

}  // namespace

Evaluation evaluate_retrieval(const Benchmark& benchmark, const CosineTiles& tiles, const EvaluateOptions& options) {
  const std::size_t videos = benchmark.videos.size();
  BestSeen best(benchmark.texts.size(), videos);
  const FillTile fill = [&](const SimilarityTile& tile, std::span<float> values) {
    options.pause();
    tiles.fill(tile, values);
  };
  const FillTile fill_and_look = [&](const SimilarityTile& tile, std::span<float> values) {
    fill(tile, values);
    best.look(tile, values, tiles.threads());
  };
  const Tiling tiling{.threads = tiles.threads()};
  const RetrievalRanks ranks =
      retrieval_ranks_in_tiles(fill_and_look, benchmark.video_of_text, videos, tiling, options.ties);
  const RetrievalRanks dsl = dual_softmax_ranks(fill, benchmark.video_of_text, videos, 100, tiling, options.ties);

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

}  // namespace tvts

// Measures and items against slow counting by hand.
#include "tvts/evaluate/results/evaluate.h"

#include <gtest/gtest.h>

#include "tests/metrics/matrix_tiles.h"
#include "tests/metrics/random_rows.h"
#include "tvts/core/error.h"
#include "tvts/metrics/cosine.h"
#include "tvts/metrics/dual_softmax.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts {
namespace {

constexpr std::size_t kDim = 5;

std::vector<float> random_features(std::size_t rows, const char* name) {
  return test::random_rows(3, name, rows, kDim);
}

Benchmark retrieval(std::size_t videos, std::size_t captions) {
  Benchmark benchmark = {.name = "retrieval"};
  for (std::size_t i = 0; i < videos; ++i) benchmark.videos.push_back({.name = concat("v", i), .path = ""});
  for (std::size_t i = 0; i < videos * captions; ++i) {
    benchmark.texts.push_back(concat("t", i));
    benchmark.video_of_text.push_back(i % videos);
  }
  return benchmark;
}

double value(const Evaluation& evaluation, const std::string& key) {
  const Measure* measure = find_measure(evaluation, key);
  EXPECT_NE(measure, nullptr) << key;
  return measure == nullptr ? -1 : measure->value;
}

TEST(Evaluate, RetrievalIsThatOfTheWholeMatrix) {
  const Benchmark benchmark = retrieval(23, 2);
  const auto videos = random_features(23, "videos"), texts = random_features(46, "texts");
  const Evaluation evaluation = evaluate(benchmark, {videos, texts, kDim}, {.bootstrap = {.resamples = 100}});
  const std::vector<float> similarity = cosine_similarity(texts, videos, kDim);
  const RetrievalRanks ranks = retrieval_ranks(similarity, benchmark.video_of_text, 23);
  const RetrievalRanks dsl = dual_softmax_ranks(test::matrix_tiles(similarity, 23), benchmark.video_of_text, 23);
  EXPECT_EQ(evaluation.items.size(), 46U + 23U);
  for (std::size_t i = 0; i < 46; ++i) {
    EXPECT_EQ(evaluation.items[i].rank, ranks.t2v[i]);
    EXPECT_EQ(evaluation.items[i].dsl_rank, dsl.t2v[i]);
    EXPECT_EQ(evaluation.items[i].predictions[0].text == evaluation.items[i].video, ranks.t2v[i] == 1);
  }
  for (std::size_t i = 0; i < 23; ++i) EXPECT_EQ(evaluation.items[46 + i].rank, ranks.v2t[i]);
  EXPECT_NEAR(value(evaluation, "t2v_r5"), retrieval_metrics(ranks.t2v).r5, 1e-9);
  EXPECT_NEAR(value(evaluation, "v2t_medr"), retrieval_metrics(ranks.v2t).median_rank, 1e-9);
  EXPECT_NEAR(value(evaluation, "t2v_dsl_r10"), retrieval_metrics(dsl.t2v).r10, 1e-9);
  EXPECT_NEAR(value(evaluation, "mms"), mean_matched_similarity(similarity, benchmark.video_of_text, 23), 1e-6);
}

TEST(Evaluate, EqualFeaturesShareRanksWhereThatIsAskedFor) {
  const Benchmark benchmark = retrieval(4, 1);
  const std::vector<float> equal(4 * kDim, 0.5F);
  EXPECT_EQ(value(evaluate(benchmark, {equal, equal, kDim}, {}), "t2v_r1"), 100);
  EXPECT_EQ(value(evaluate(benchmark, {equal, equal, kDim}, {.ties = TieRule::kMean}), "t2v_meanr"), 2.5);
}

TEST(Evaluate, ActionsAreCountedPerClassAndAsAWhole) {
  const Benchmark benchmark = {.name = "actions",
                               .task = BenchmarkTask::kActions,
                               .videos = {{"a", ""}, {"b", ""}, {"c", ""}},
                               .answers = {0, 0, 1},
                               .classes = {"run", "walk", "swim"}};
  const std::vector<float> classes = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  const std::vector<float> videos = {2, 1, 0, 0, 3, 1, 0, 5, 0};  // run, walk, walk
  const Evaluation evaluation = evaluate(benchmark, {videos, classes, 3}, {});
  EXPECT_NEAR(value(evaluation, "top1"), 200.0 / 3, 1e-9);
  EXPECT_EQ(value(evaluation, "top5"), 100);
  EXPECT_EQ(value(evaluation, "class_mean"), 75);
  EXPECT_EQ(evaluation.classes[0].accuracy.top1, 50);
  EXPECT_EQ(evaluation.confusion, (std::vector<std::uint64_t>{1, 1, 0, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(evaluation.items[1].predictions[0].text, "walk");
  EXPECT_EQ(evaluation.items[1].rank, 3);
}

TEST(Evaluate, AChoiceTakesEachTextOnce) {
  const Benchmark benchmark = {.name = "mc",
                               .task = BenchmarkTask::kChoice,
                               .videos = {{"a", ""}, {"b", ""}},
                               .answers = {1, 0},
                               .options = {{"x", "y"}, {"y", "z"}}};
  EXPECT_EQ(texts_of(benchmark), (std::vector<std::string>{"x", "y", "z"}));
  const std::vector<float> texts = {1, 0, 0, 0, 1, 0, 0, 0, 1}, videos = {0, 1, 0, 0, 0, 1};
  const Evaluation evaluation = evaluate(benchmark, {videos, texts, 3}, {});
  EXPECT_EQ(value(evaluation, "accuracy"), 50);
  EXPECT_EQ(evaluation.items[1].predictions[0].text, "z");
  EXPECT_EQ(evaluation.items[1].text, "y");
}

TEST(Evaluate, RefusesFeaturesOfAnotherNumber) {
  const Benchmark benchmark = retrieval(4, 1);
  const std::vector<float> four(4 * kDim, 1), three(3 * kDim, 1);
  EXPECT_THROW(evaluate(benchmark, {three, four, kDim}, {}), Error);
  EXPECT_THROW(evaluate(benchmark, {four, three, kDim}, {}), Error);
}

}  // namespace
}  // namespace tvts

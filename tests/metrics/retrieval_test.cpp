#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/metrics/matrix_tiles.h"
#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/metrics/cosine.h"
#include "tvts/metrics/dual_softmax.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts {
namespace {

using Numbers = std::vector<double>;

struct Matrix {
  std::vector<float> values;  // [texts, videos]
  VideoOfText video_of_text;
  std::size_t videos = 0;
};

// Few different scores, so that there are many ties; about one caption in five is missing, never a video's first.
Matrix random_matrix(std::size_t videos, std::size_t captions, std::uint64_t levels, std::uint64_t seed) {
  RandomStream stream(seed, "matrix");
  std::vector<std::uint8_t> mask(videos * captions, 1);
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = i % captions == 0 || stream.below(5) > 0;
  Matrix matrix{.video_of_text = captions_in_order(videos, captions, mask), .videos = videos};
  for (std::size_t i = 0; i < videos * captions * videos; ++i) {
    matrix.values.push_back(static_cast<float>(stream.below(levels)) / 16);
  }
  return matrix;
}

// Where `right` stands among `others` sorted best first: the first and the last of the ranks it may take.
std::pair<double, double> ranks_of(Numbers others, double right) {
  std::sort(others.begin(), others.end(), std::greater<>());
  const auto first = std::find(others.begin(), others.end(), right) - others.begin();
  const auto last = others.rend() - std::find(others.rbegin(), others.rend(), right);
  return {static_cast<double>(first + 1), static_cast<double>(last)};
}

// The definition by sorting, one query at a time. values: [texts, videos].
RetrievalRanks naive_ranks(const Numbers& values, const VideoOfText& video_of_text, std::size_t videos) {
  RetrievalRanks ranks;
  for (std::size_t text = 0; text < video_of_text.size(); ++text) {
    if (video_of_text[text] == kNoVideo) continue;
    const Numbers row(values.data() + text * videos, values.data() + (text + 1) * videos);
    ranks.t2v.push_back(ranks_of(row, row[video_of_text[text]]).first);
  }
  for (std::size_t video = 0; video < videos; ++video) {
    Numbers column, own;
    for (std::size_t text = 0; text < video_of_text.size(); ++text) {
      if (video_of_text[text] == kNoVideo) continue;
      column.push_back(values[text * videos + video]);
      if (video_of_text[text] == video) own.push_back(column.back());
    }
    double best = std::numeric_limits<double>::infinity();
    for (const double right : own)
      best = std::min(best, (ranks_of(column, right).first + ranks_of(column, right).second) / 2);
    ranks.v2t.push_back(best);
  }
  return ranks;
}

RetrievalRanks naive_ranks(const Matrix& m) {
  return naive_ranks({m.values.begin(), m.values.end()}, m.video_of_text, m.videos);
}

// Each of the values at `indices` times its softmax among them.
void times_softmax(Numbers& matrix, const std::vector<std::size_t>& indices, double scale) {
  double largest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (const std::size_t index : indices) largest = std::max(largest, matrix[index]);
  for (const std::size_t index : indices) sum += std::exp(scale * (matrix[index] - largest));
  for (const std::size_t index : indices) matrix[index] *= std::exp(scale * (matrix[index] - largest)) / sum;
}

// The definition, the whole matrix at once.
RetrievalRanks naive_dual_softmax_ranks(const Matrix& m, double scale) {
  Numbers over_texts(m.values.begin(), m.values.end()), over_videos = over_texts;
  const std::size_t texts = m.video_of_text.size();
  for (std::size_t video = 0; video < m.videos; ++video) {
    std::vector<std::size_t> column;
    for (std::size_t text = 0; text < texts; ++text) {
      if (m.video_of_text[text] != kNoVideo) column.push_back(text * m.videos + video);
    }
    times_softmax(over_texts, column, scale);
  }
  for (std::size_t text = 0; text < texts; ++text) {
    std::vector<std::size_t> row(m.videos);
    std::iota(row.begin(), row.end(), text * m.videos);
    times_softmax(over_videos, row, scale);
  }
  return {.t2v = naive_ranks(over_texts, m.video_of_text, m.videos).t2v,
          .v2t = naive_ranks(over_videos, m.video_of_text, m.videos).v2t};
}

FillTile tiles_from(const Matrix& m) { return test::matrix_tiles(m.values, m.videos); }

TEST(RetrievalRanks, AreThoseOfSortingEveryQuery) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Matrix m = random_matrix(1 + seed % 9, 1 + seed % 4, 2 + seed * 3, seed);
    const RetrievalRanks expected = naive_ranks(m);
    const RetrievalRanks ranks = retrieval_ranks(m.values, m.video_of_text, m.videos);
    EXPECT_EQ(ranks.t2v, expected.t2v) << seed;
    EXPECT_EQ(ranks.v2t, expected.v2t) << seed;
  }
}

TEST(RetrievalRanks, AreTheSameInTilesOfAnySize) {
  const Matrix m = random_matrix(13, 3, 6, 7);
  const RetrievalRanks whole = retrieval_ranks(m.values, m.video_of_text, m.videos);
  for (const std::size_t size : {1, 2, 5, 13, 38, 39, 1000}) {
    const RetrievalRanks tiled =
        retrieval_ranks_in_tiles(tiles_from(m), m.video_of_text, m.videos, {.size = size, .threads = 2});
    EXPECT_EQ(tiled.t2v, whole.t2v) << size;
    EXPECT_EQ(tiled.v2t, whole.v2t) << size;
  }
}

TEST(DualSoftmax, RanksAreThoseOfTheDefinitionInTilesOfAnySize) {
  for (const std::uint64_t levels : {6, 1000}) {
    const Matrix m = random_matrix(13, 3, levels, 9);
    const RetrievalRanks expected = naive_dual_softmax_ranks(m, 10);
    for (const std::size_t size : {1, 5, 13, 39, 1000}) {
      const RetrievalRanks ranks =
          dual_softmax_ranks(tiles_from(m), m.video_of_text, m.videos, 10, {.size = size, .threads = 2});
      EXPECT_EQ(ranks.t2v, expected.t2v) << levels << " " << size;
      EXPECT_EQ(ranks.v2t, expected.v2t) << levels << " " << size;
    }
  }
}

TEST(RetrievalRanks, MayShareTiesOfTextsToo) {
  const std::vector<float> equal(16, 0.25F);
  EXPECT_EQ(retrieval_ranks(equal, captions_in_order(4), 4, TieRule::kMean).t2v, Numbers(4, 2.5));
  EXPECT_EQ(tie_rule_named(to_string(TieRule::kMean)), TieRule::kMean);
  EXPECT_THROW(tie_rule_named("best"), Error);
}

TEST(RetrievalRanks, NeverAskForMoreThanATile) {
  const Matrix m = random_matrix(11, 1, 6, 8);
  const FillTile copy = tiles_from(m);
  std::size_t largest = 0;
  const auto fill = [&](const SimilarityTile& tile, std::span<float> values) {
    EXPECT_EQ(values.size(), tile.texts * tile.videos);
    largest = std::max(largest, values.size());
    copy(tile, values);
  };
  retrieval_ranks_in_tiles(fill, m.video_of_text, m.videos, {.size = 4});
  EXPECT_EQ(largest, 16U);
}

TEST(RetrievalRanks, TiesAreOptimisticForTextsAndAveragedForVideos) {
  const std::vector<float> equal(16, 0.25F);
  const RetrievalRanks ranks = retrieval_ranks(equal, captions_in_order(4), 4);
  EXPECT_EQ(ranks.t2v, Numbers(4, 1));
  EXPECT_EQ(ranks.v2t, Numbers(4, 2.5));
}

TEST(RetrievalRanks, TextsMayStandInAnyOrder) {
  const std::vector<float> values = {0.1F, 0.9F, 0.8F, 0.2F, 0.7F, 0.6F};  // 3 texts x 2 videos
  const RetrievalRanks ranks = retrieval_ranks(values, {1, 0, 1}, 2);
  EXPECT_EQ(ranks.t2v, Numbers({1, 1, 2}));
  EXPECT_EQ(ranks.v2t, Numbers({1, 1}));
}

TEST(RetrievalRanks, RefuseWhatCannotBeRanked) {
  const std::vector<float> four = {1, 0, 0, 1};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(retrieval_ranks(four, captions_in_order(3), 3), Error);
  EXPECT_THROW(retrieval_ranks(four, captions_in_order(0), 0), Error);
  EXPECT_THROW(retrieval_ranks(four, {0, 2}, 2), Error);
  EXPECT_THROW(retrieval_ranks(four, {0, 0}, 2), Error) << "video 1 has no text";
  EXPECT_THROW(retrieval_ranks(std::vector<float>{1, nan, 0, 1}, captions_in_order(2), 2), Error);
  EXPECT_THROW(captions_in_order(2, 3, std::vector<std::uint8_t>(5)), Error);
}

TEST(RetrievalRanks, DoNotLookAtTextsThatAreMissing) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> values = {0.9F, 0.1F, nan, nan, 0.2F, 0.8F, nan, nan};
  const VideoOfText owners = captions_in_order(2, 2, std::vector<std::uint8_t>{1, 0, 1, 0});
  EXPECT_EQ(retrieval_ranks(values, owners, 2).t2v, Numbers({1, 1}));
  EXPECT_EQ(dual_softmax_ranks(test::matrix_tiles(values, 2), owners, 2).v2t, Numbers({1, 1}));
  EXPECT_NEAR(mean_matched_similarity(values, owners, 2), 0.85, 1e-7);
}

TEST(RetrievalMetrics, CountHalfRanksAsPublished) {
  const RetrievalMetrics metrics = retrieval_metrics(Numbers({1, 1.5, 5.5, 6, 10.5, 50.5, 51}));
  EXPECT_DOUBLE_EQ(metrics.r1, 100.0 / 7);
  EXPECT_DOUBLE_EQ(metrics.r5, 300.0 / 7);
  EXPECT_DOUBLE_EQ(metrics.r10, 500.0 / 7);
  EXPECT_DOUBLE_EQ(metrics.r50, 600.0 / 7);
  EXPECT_DOUBLE_EQ(metrics.median_rank, 6);
}

TEST(RetrievalMetrics, MedianOfAnEvenNumberIsBetweenTheMiddleTwo) {
  EXPECT_DOUBLE_EQ(retrieval_metrics(Numbers({9, 1, 2, 3})).median_rank, 2.5);
}

TEST(RetrievalMetrics, NeedAQuery) { EXPECT_THROW(retrieval_metrics({}), Error); }

TEST(DualSoftmax, DemotesAVideoThatEveryTextLikes) {
  const std::vector<float> values = {0.50F, 0.52F, 0.30F, 0.60F};  // text 0 likes video 1 a little more than its own
  EXPECT_EQ(retrieval_ranks(values, captions_in_order(2), 2).t2v, Numbers({2, 1}));
  EXPECT_EQ(dual_softmax_ranks(test::matrix_tiles(values, 2), captions_in_order(2), 2).t2v, Numbers({1, 1}));
}

TEST(ExpectedCeiling, IsOneInTheSizeOfTheGroup) {
  EXPECT_DOUBLE_EQ(expected_ceiling(std::vector<std::size_t>{4, 7, 9}), 100);
  EXPECT_DOUBLE_EQ(expected_ceiling(std::vector<std::size_t>{1, 1, 1, 1}), 25);
  EXPECT_DOUBLE_EQ(expected_ceiling(std::vector<std::size_t>{1, 2, 1, 2, 3}), 60);  // (4 x 1/2 + 1) / 5
}

TEST(ExpectedCeiling, CountsKOfAGroup) {
  EXPECT_DOUBLE_EQ(expected_ceiling(std::vector<std::size_t>{1, 1, 1, 1, 2}, 3), 80);
  EXPECT_DOUBLE_EQ(expected_ceiling(std::vector<std::size_t>{1, 1, 1, 1, 2}, 5), 100);
}

TEST(CosineSimilarity, OfZerosIsZero) {
  const std::vector<float> values = cosine_similarity(std::vector<float>{0, 0, 3, 4}, std::vector<float>{6, 8}, 2);
  EXPECT_EQ(values, std::vector<float>({0, 1}));
}

TEST(CosineSimilarity, RefusesPartsOfARow) {
  EXPECT_THROW(cosine_similarity(std::vector<float>(5), std::vector<float>(4), 2), Error);
}

}  // namespace
}  // namespace tvts

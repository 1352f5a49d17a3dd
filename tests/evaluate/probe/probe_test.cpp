// Every method against slow loops that are written from the definition.
#include "tvts/evaluate/probe/probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/evaluate/probe/probe_support.h"
#include "tvts/evaluate/probe/lbfgs_probe.h"
#include "tvts/evaluate/probe/least_squares_probe.h"
#include "tvts/evaluate/probe/neighbour_probe.h"
#include "tvts/evaluate/probe/sgd_probe.h"

namespace tvts {
namespace {

using test::clustered;
using test::contains;
using test::error_text;
using test::kClasses;
using test::kDimensions;

using Row = std::vector<double>;
using Matrix = std::vector<Row>;

const ProbeProgress kSilent = [](std::int64_t, double) {};

Matrix to_matrix(const at::Tensor& tensor) {
  Matrix matrix;
  for (std::int64_t i = 0; i < tensor.size(0); ++i) {
    matrix.emplace_back();
    for (std::int64_t j = 0; j < tensor.size(1); ++j) matrix.back().push_back(tensor[i][j].item<double>());
  }
  return matrix;
}

LabelledFeatures labelled(const ProbeSet& set) {
  return {.features = set.features,
          .labels = at::arange(set.features.size(0), at::kLong).remainder(kClasses),
          .classes = kClasses};
}

// A linear classifier in plain numbers: row c is weight and then bias of class c.
Row probabilities(const Matrix& probe, const Row& x) {
  Row out;
  for (const Row& one : probe) {
    double score = one.back();
    for (std::size_t d = 0; d < x.size(); ++d) score += one[d] * x[d];
    out.push_back(std::exp(score));
  }
  double sum = 0;
  for (const double value : out) sum += value;
  for (double& value : out) value /= sum;
  return out;
}

// d mean cross-entropy / d probe over some of the items.
Matrix gradient(const Matrix& probe, const Matrix& features, const std::vector<std::int64_t>& items) {
  Matrix out(probe.size(), Row(probe[0].size(), 0.0));
  for (const std::int64_t item : items) {
    const Row& x = features[static_cast<std::size_t>(item)];
    const Row p = probabilities(probe, x);
    for (std::size_t c = 0; c < probe.size(); ++c) {
      const double slope =
          (p[c] - (item % kClasses == static_cast<std::int64_t>(c))) / static_cast<double>(items.size());
      for (std::size_t d = 0; d < x.size(); ++d) out[c][d] += slope * x[d];
      out[c].back() += slope;
    }
  }
  return out;
}

Matrix slow_sgd(const Matrix& features, const ProbeOptions& options) {
  Matrix probe(kClasses, Row(kDimensions + 1, 0.0)), velocity = probe;
  for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    const auto order = epoch_permutation(options.seed, epoch, static_cast<std::int64_t>(features.size()));
    for (std::size_t begin = 0; begin < order.size(); begin += static_cast<std::size_t>(options.batch_size)) {
      const std::size_t end = std::min(order.size(), begin + static_cast<std::size_t>(options.batch_size));
      const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
      const Matrix step = gradient(probe, features, {first, order.begin() + static_cast<std::ptrdiff_t>(end)});
      for (std::size_t c = 0; c < probe.size(); ++c) {
        for (std::size_t d = 0; d < probe[c].size(); ++d) {
          velocity[c][d] = options.momentum * velocity[c][d] + step[c][d];
          probe[c][d] -= options.learning_rate * velocity[c][d];
        }
      }
    }
  }
  return probe;
}

void expect_probe_near(const LinearProbe& probe, const Matrix& expected, double tolerance) {
  for (std::int64_t c = 0; c < kClasses; ++c) {
    for (std::int64_t d = 0; d < kDimensions; ++d) {
      EXPECT_NEAR(probe.weight[c][d].item<double>(), expected[static_cast<std::size_t>(c)][static_cast<std::size_t>(d)],
                  tolerance);
    }
    EXPECT_NEAR(probe.bias[c].item<double>(), expected[static_cast<std::size_t>(c)].back(), tolerance);
  }
}

Matrix to_matrix(const LinearProbe& probe) { return to_matrix(at::cat({probe.weight, probe.bias.unsqueeze(1)}, 1)); }

TEST(SgdProbe, IsWhatTheLoopsOfTheDefinitionGive) {
  const ProbeSet train = clustered(50, "train");
  ProbeOptions options;
  options.epochs = 12;
  options.batch_size = 16;  // the last batch of an epoch has two items
  expect_probe_near(train_by_sgd(labelled(train), options, kSilent), slow_sgd(to_matrix(train.features), options),
                    1e-4);
}

TEST(SgdProbe, TheOrderOfAnEpochIsAPermutationThatSeedAndEpochDecide) {
  std::vector<std::int64_t> order = epoch_permutation(3, 1, 40);
  EXPECT_EQ(order, epoch_permutation(3, 1, 40));
  EXPECT_NE(order, epoch_permutation(3, 2, 40));
  EXPECT_NE(order, epoch_permutation(4, 1, 40));
  std::ranges::sort(order);
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], static_cast<std::int64_t>(i));
}

TEST(SgdProbe, ARateThatIsTooLargeIsNamed) {
  ProbeSet train = clustered(30, "train");
  train.features.mul_(1e20);
  ProbeOptions options;
  options.learning_rate = 1e20;
  EXPECT_TRUE(
      contains(error_text([&] { train_by_sgd(labelled(train), options, kSilent); }), "the loss is not finite after"));
}

TEST(LbfgsProbe, StopsWhereTheSlowGradientIsZero) {
  const ProbeSet train = clustered(60, "train");
  ProbeOptions options;
  options.l2 = 0.01;
  const LinearProbe probe = train_by_lbfgs(labelled(train), options, kSilent);
  const Matrix at_optimum = to_matrix(probe);
  std::vector<std::int64_t> all(60);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
  const Matrix slope = gradient(at_optimum, to_matrix(train.features), all);
  for (std::size_t c = 0; c < slope.size(); ++c) {
    for (std::size_t d = 0; d < slope[c].size(); ++d) {
      const bool is_bias = d + 1 == slope[c].size();
      EXPECT_NEAR(slope[c][d] + (is_bias ? 0 : 0.01 * at_optimum[c][d]), 0, 2e-5);
    }
  }
}

TEST(LeastSquaresProbe, LeavesResidualsThatItsFeaturesCannotExplain) {
  const ProbeSet train = clustered(60, "train");
  ProbeOptions options;
  options.l2 = 0.05;
  const Matrix probe = to_matrix(fit_least_squares(labelled(train), options));
  const Matrix features = to_matrix(train.features);
  for (std::size_t c = 0; c < probe.size(); ++c) {
    Row slope(kDimensions + 1, 0.0);  // of half the mean squared residual
    for (std::size_t i = 0; i < features.size(); ++i) {
      double residual = probe[c].back() - (i % kClasses == c);
      for (std::size_t d = 0; d < kDimensions; ++d) residual += probe[c][d] * features[i][d];
      for (std::size_t d = 0; d < kDimensions; ++d) slope[d] += residual * features[i][d] / 60;
      slope.back() += residual / 60;
    }
    for (std::size_t d = 0; d < kDimensions; ++d) EXPECT_NEAR(slope[d] + 0.05 * probe[c][d], 0, 1e-6);
    EXPECT_NEAR(slope.back(), 0, 1e-6);
  }
}

TEST(LeastSquaresProbe, TooFewItemsWithoutAPenaltyAreNamed) {
  ProbeOptions options;
  options.l2 = 0;
  ProbeSet train = clustered(30, "train");
  train.features.select(1, 2).zero_();
  EXPECT_TRUE(contains(error_text([&] { fit_least_squares(labelled(train), options); }), "give an l2 above 0"));
}

// All cosines, sorted; the votes of the first k.
Matrix slow_neighbours(const Matrix& train, const Matrix& test, const ProbeOptions& options) {
  const auto cosine = [](const Row& a, const Row& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t d = 0; d < a.size(); ++d) ab += a[d] * b[d], aa += a[d] * a[d], bb += b[d] * b[d];
    return ab / std::sqrt(aa * bb);
  };
  Matrix scores;
  for (const Row& x : test) {
    std::vector<std::pair<double, std::size_t>> by_nearness;
    for (std::size_t i = 0; i < train.size(); ++i) by_nearness.emplace_back(-cosine(x, train[i]), i);
    std::ranges::sort(by_nearness);
    scores.emplace_back(kClasses, 0.0);
    for (std::size_t n = 0; n < std::min(train.size(), static_cast<std::size_t>(options.neighbours)); ++n) {
      const auto [negative, row] = by_nearness[n];
      scores.back()[row % kClasses] += std::exp((by_nearness[0].first - negative) / options.temperature);
    }
  }
  return scores;
}

TEST(NeighbourProbe, CountsTheVotesOfTheNearest) {
  const ProbeSet train = clustered(80, "train"), test = clustered(70, "test");  // more than one block of queries
  for (const std::int64_t neighbours : {1, 5, 200}) {
    ProbeOptions options;
    options.neighbours = neighbours;
    const Matrix fast = to_matrix(neighbour_scores(labelled(train), test.features, options, kSilent));
    const Matrix slow = slow_neighbours(to_matrix(train.features), to_matrix(test.features), options);
    for (std::size_t i = 0; i < slow.size(); ++i) {
      for (std::size_t c = 0; c < kClasses; ++c) EXPECT_NEAR(fast[i][c], slow[i][c], 1e-4 * (1 + slow[i][c])) << i;
    }
  }
}

TEST(NeighbourProbe, OfEquallyNearItemsTheEarlierCounts) {
  const LabelledFeatures train = {
      .features = at::ones({3, 2}), .labels = at::tensor({1, 0, 2}, at::kLong), .classes = 3};
  ProbeOptions options;
  options.neighbours = 1;
  const at::Tensor scores = neighbour_scores(train, at::ones({1, 2}), options, kSilent);
  EXPECT_TRUE(at::equal(scores, torch::tensor({{0.0F, 1.0F, 0.0F}})));
}

TEST(Standardisation, GivesEveryDimensionMeanZeroAndDeviationOne) {
  at::Tensor features = clustered(50, "train").features;
  features.select(1, 3).fill_(4);  // constant
  const at::Tensor standard = standardised(features, standardisation_of(features));
  EXPECT_LT(standard.mean(0).abs().max().item<double>(), 1e-5);
  const at::Tensor deviation = standard.std(0, /*unbiased=*/false);
  for (std::int64_t d = 0; d < kDimensions; ++d) EXPECT_NEAR(deviation[d].item<double>(), d == 3 ? 0 : 1, 1e-4);
}

TEST(Standardisation, AProbeOfStandardFeaturesScoresPlainOnesAlike) {
  const at::Tensor features = clustered(20, "train").features * 40 + 3;
  const Standardisation by = standardisation_of(features);
  const LinearProbe probe = {.weight = at::rand({kClasses, kDimensions}), .bias = at::rand({kClasses})};
  const at::Tensor difference =
      scores(for_plain_features(probe, by), features) - scores(probe, standardised(features, by));
  EXPECT_LT(difference.abs().max().item<double>(), 1e-4);
}

TEST(Probe, EveryMethodTellsClustersApart) {
  const ProbeSet train = clustered(90, "train", 0.2), test = clustered(30, "test", 0.2);
  for (const char* name : {"sgd", "lbfgs", "least-squares", "knn"}) {
    for (const bool standardize : {false, true}) {
      ProbeOptions options;
      options.method = probe_method_named(name);
      options.standardize = standardize;
      const ProbeOutcome outcome = run_probe(train, test, options, {});
      EXPECT_EQ(outcome.accuracy.top1, 100) << name << standardize;
      EXPECT_EQ(outcome.linear.has_value(), std::string(name) != "knn");
    }
  }
}

TEST(Probe, TheSameSeedGivesTheSameBits) {
  const ProbeSet train = clustered(90, "train"), test = clustered(30, "test");
  ProbeOptions options;
  options.epochs = 3;
  const std::vector<float> once = run_probe(train, test, options, {}).scores;
  EXPECT_EQ(once, run_probe(train, test, options, {}).scores);
  options.seed = 1;
  options.batch_size = 16;
  EXPECT_NE(once, run_probe(train, test, options, {}).scores);
}

TEST(Probe, MeansAreOverItemsAndOverTheClassesThatHaveItems) {
  ProbeSet train = clustered(90, "train", 0.1), test = clustered(3, "test", 0.1);
  test.labels = {"class 0", "class 0", "class 2"};  // the second one is wrong
  ProbeOptions options;
  options.method = ProbeMethod::kLeastSquares;
  const ProbeOutcome outcome = run_probe(train, test, options, {});
  EXPECT_NEAR(outcome.accuracy.top1, 200.0 / 3, 1e-9);
  EXPECT_NEAR(outcome.mean_per_class, 75, 1e-9);
  EXPECT_EQ(outcome.per_class[1].items, 0U);
  EXPECT_LE(outcome.top1.low, outcome.top1.mean);
}

TEST(Probe, SplitsThatDoNotFitAreNamed) {
  const ProbeSet train = clustered(30, "train");
  ProbeSet narrow = clustered(30, "narrow"), strange = clustered(30, "strange");
  narrow.features = narrow.features.narrow(1, 0, 4);
  strange.labels[4] = "class 9";
  const auto with = [&](const ProbeSet& test) { return error_text([&] { run_probe(train, test, {}, {}); }); };
  EXPECT_TRUE(contains(with(narrow), "narrow: found features of 4 numbers, expected 6 as in train")) << with(narrow);
  EXPECT_TRUE(contains(with(strange), "strange: found the label class 9 in row 4")) << with(strange);
}

TEST(Probe, OptionsThatMakeNoSenseAreMistakesOfUse) {
  const auto kind_of = [](auto change) {
    ProbeOptions options;
    change(options);
    try {
      validate(options);
    } catch (const Error& error) {
      return error.exit_code();
    }
    return 0;
  };
  EXPECT_EQ(kind_of([](ProbeOptions&) {}), 0);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.epochs = 0; }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.batch_size = -1; }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.learning_rate = std::nan(""); }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.momentum = 1; }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.l2 = -1; }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.neighbours = 0; }), 2);
  EXPECT_EQ(kind_of([](ProbeOptions& o) { o.temperature = 0; }), 2);
}

}  // namespace
}  // namespace tvts

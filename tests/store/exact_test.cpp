#include "tvts/store/exact.h"

#include <algorithm>
#include <numeric>

#include "tests/store/store_support.h"
#include "tvts/core/dot.h"
#include "tvts/store/significance.h"

namespace tvts::test {
namespace {

constexpr int kItems = 40;

class ExactSearch : public testing::Test {
 protected:
  void SetUp() override {
    run(folder_ / "out", items(kItems));
    store_ = Store::open(folder_ / "out");
    std::mt19937 random(3);
    for (float& x : queries_) x = static_cast<float>(random() % 2001) / 1000.0F - 1;
  }

  // Rows by falling score, as a plain sort orders them.
  std::vector<std::size_t> naive_order(std::size_t query) const {
    std::vector<std::size_t> order(store_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return naive_score(query, a) > naive_score(query, b); });
    return order;
  }

  double naive_score(std::size_t query, std::size_t row) const {
    double sum = 0;
    for (std::size_t i = 0; i < kDim; ++i)
      sum += static_cast<double>(queries_[query * kDim + i]) * store_.embedding(row)[i];
    return sum;
  }

  StoreFolder folder_;
  Store store_;
  std::vector<float> queries_ = std::vector<float>(20 * kDim);
};

std::vector<std::size_t> rows_of(const std::vector<Hit>& hits) {
  std::vector<std::size_t> rows;
  for (const Hit& hit : hits) rows.push_back(hit.row);
  return rows;
}

TEST_F(ExactSearch, FindsWhatANaiveLoopFinds) {
  SearchOptions options;
  options.k = 7;
  const auto hits = exact_search(store_, queries_, options);
  ASSERT_EQ(hits.size(), 20U);
  for (std::size_t q = 0; q < hits.size(); ++q) {
    auto order = naive_order(q);
    order.resize(7);
    EXPECT_EQ(rows_of(hits[q]), order);
    for (const Hit& hit : hits[q]) EXPECT_NEAR(hit.score, naive_score(q, hit.row), 1e-6);
  }
}

TEST_F(ExactSearch, DoesNotDependOnTheNumberOfThreads) {
  SearchOptions options;
  options.k = 1000;
  const auto one = exact_search(store_, queries_, options);
  for (const std::size_t threads : {2U, 3U, 7U, 500U}) {
    options.threads = threads;
    const auto many = exact_search(store_, queries_, options);
    for (std::size_t q = 0; q < one.size(); ++q) {
      ASSERT_EQ(rows_of(one[q]), rows_of(many[q]));
      for (std::size_t i = 0; i < one[q].size(); ++i) ASSERT_EQ(one[q][i].score, many[q][i].score);
    }
  }
}

TEST_F(ExactSearch, EqualScoresComeInTheOrderOfTheRows) {
  const std::vector<float> zero(kDim, 0.0F);
  SearchOptions options;
  options.k = 9;
  options.threads = 3;
  EXPECT_EQ(rows_of(exact_search(store_, zero, options)[0]), (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(ExactSearch, AskedForMoreThanThereIsGivesAll) {
  SearchOptions options;
  options.k = 100000;
  EXPECT_EQ(rows_of(exact_search(store_, std::span(queries_).first(kDim), options)[0]), naive_order(0));
}

TEST_F(ExactSearch, MinScoreLeavesOutWhatIsBelow) {
  SearchOptions options;
  options.k = 1000;
  options.min_score = 0.5;
  std::size_t expected = 0;
  for (std::size_t row = 0; row < store_.size(); ++row) expected += naive_score(0, row) >= 0.5;
  ASSERT_GT(expected, 0U);
  EXPECT_EQ(exact_search(store_, std::span(queries_).first(kDim), options)[0].size(), expected);
  options.min_score = 100;
  EXPECT_TRUE(exact_search(store_, std::span(queries_).first(kDim), options)[0].empty());
}

TEST_F(ExactSearch, PerVideoGivesTheBestWindowOfEach) {
  SearchOptions options;
  options.k = 1000;
  options.per_video = true;
  const auto hits = exact_search(store_, std::span(queries_).first(kDim), options)[0];
  std::vector<std::size_t> expected;
  std::map<std::size_t, std::size_t> windows;
  for (const std::size_t row : naive_order(0)) {
    if (++windows[store_.video(row)] == 1) expected.push_back(row);
  }
  EXPECT_EQ(rows_of(hits), expected);
  EXPECT_EQ(hits.size(), static_cast<std::size_t>(kItems));
  for (const Hit& hit : hits) EXPECT_EQ(hit.windows, windows[store_.video(hit.row)]);
}

TEST_F(ExactSearch, HitsCarryThePValueOfTheirRow) {
  SearchOptions options;
  const auto hits = exact_search(store_, queries_, options)[0];
  for (const Hit& hit : hits) EXPECT_EQ(hit.significance, significance(hit.score, *store_.neutral(hit.row)));
  options.significance = false;
  EXPECT_FALSE(exact_search(store_, queries_, options)[0][0].significance);
}

TEST_F(ExactSearch, MaxPLeavesOutWhatAnyTextCouldScore) {
  SearchOptions options;
  options.k = 1000;
  options.max_p = 0.0228;  // two deviations, by the normal table
  const auto hits = exact_search(store_, queries_, options)[0];
  ASSERT_FALSE(hits.empty());
  for (const Hit& hit : hits) EXPECT_GT(hit.score, 0.1 + 1.99 * 0.02);
}

TEST_F(ExactSearch, MinZLeavesOutWhatIsNearer) {
  SearchOptions options;
  options.k = 1000;
  options.min_z = 20;
  std::size_t expected = 0;
  for (std::size_t row = 0; row < store_.size(); ++row) expected += naive_score(0, row) >= 0.1 + 20 * 0.02;
  ASSERT_GT(expected, 0U);
  EXPECT_EQ(exact_search(store_, std::span(queries_).first(kDim), options)[0].size(), expected);
}

TEST_F(ExactSearch, AMaxPBelowWhatTheBankShowsIsAnErrorWithAnotherRemedy) {
  SearchOptions options;
  options.max_p = 1e-6;
  const std::string error = error_text([&] { exact_search(store_, queries_, options); });
  EXPECT_TRUE(contains(error, "1/257")) << error;
  EXPECT_TRUE(contains(error, "--min-z 4.8")) << error;
  options.max_p = 0;
  EXPECT_TRUE(contains(error_text([&] { exact_search(store_, queries_, options); }), "--min-z 5"));
  options.max_p = 1.0 / 257;
  EXPECT_NO_THROW(exact_search(store_, queries_, options));
}

TEST_F(ExactSearch, QueriesThatDoNotFitAreErrors) {
  std::vector<float> query(kDim, 0.5F);
  EXPECT_TRUE(contains(error_text([&] { exact_search(store_, std::span(query).first(3), {}); }), "multiple"));
  query[1] = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(contains(error_text([&] { exact_search(store_, query, {}); }), "not finite"));
}

TEST_F(ExactSearch, MaxPWithoutStatisticsIsAnError) {
  StoreWriter writer(folder_ / "plain", header(), small_shards());
  writer.plan(items(1));
  ItemResult result = embed(items(1)[0]);
  for (EmbeddedRow& row : result.rows) row.info.neutral.reset();
  writer.add_group(std::vector<ItemResult>{result});
  writer.finish();
  const Store store = Store::open(folder_ / "plain");
  SearchOptions options;
  options.max_p = 0.01;
  EXPECT_TRUE(contains(error_text([&] { exact_search(store, queries_, options); }), "statistics"));
}

TEST_F(ExactSearch, AnEmptyStoreGivesNoHits) {
  run(folder_ / "none", {});
  const Store store = Store::open(folder_ / "none");
  SearchOptions options;
  options.threads = 4;
  EXPECT_TRUE(exact_search(store, std::span(queries_).first(kDim), options)[0].empty());
}

TEST(Dot, IsTheProductForEverySize) {
  std::vector<float> a(70), b(70);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i % 7) - 3, b[i] = static_cast<float>(i % 5) + 1;
  for (std::size_t size = 0; size <= a.size(); ++size) {
    EXPECT_EQ(dot(a.data(), b.data(), size),
              std::inner_product(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(size), b.begin(), 0.0F))
        << size;
  }
}

}  // namespace
}  // namespace tvts::test

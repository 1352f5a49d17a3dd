#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tvts/api/tvts.h"

namespace tvts::test {
namespace {

class ApiStore : public testing::Test {
 protected:
  static void SetUpTestSuite() { model_.emplace(api::Model::load()); }
  static void TearDownTestSuite() { model_.reset(); }

  void SetUp() override {
    for (int shape = 0; shape < 3; ++shape)
      draw_video(folder_ / ("videos-v" + std::to_string(shape) + ".mp4"), shape, 24);
    std::ofstream(folder_ / "videos-bad.mp4") << "this is no video";
  }
  std::string video(int shape) const { return folder_ / ("videos-v" + std::to_string(shape) + ".mp4"); }
  std::string store() const { return folder_ / "store"; }

  TemporaryFolder folder_;
  inline static std::optional<api::Model> model_;
};

TEST_F(ApiStore, FillingTakesWhatIsNotThereYet) {
  const api::StoreReport first = api::fill_store(*model_, {video(0), video(1)}, store());
  EXPECT_EQ(first.pending, 2U);
  EXPECT_EQ(first.rows, 2U);
  std::size_t told = 0;
  const api::Run run = {.on_progress = [&](std::size_t done, std::size_t, std::optional<std::size_t> total) {
    told = done;
    EXPECT_EQ(total, 2U);
  }};
  const api::StoreReport second =
      api::fill_store(*model_, {video(0), video(1), video(2), folder_ / "videos-bad.mp4"}, store(), {}, {}, run);
  EXPECT_EQ(second.stored_before, 2U);
  EXPECT_EQ(second.rows, 3U);
  EXPECT_EQ(told, 2U);
  ASSERT_EQ(second.failed.size(), 1U);
  EXPECT_TRUE(second.failed[0].path.ends_with("videos-bad.mp4"));
}

TEST_F(ApiStore, ItsRowsAreThoseOfEmbedVideosAndAQueryFindsItself) {
  api::fill_store(*model_, {video(0), video(1), video(2)}, store());
  const api::Store opened = api::Store::open(store());
  const api::Model model = opened.load_model();
  for (int shape = 0; shape < 3; ++shape) {
    const std::vector<float> query = opened.encode_query(model, video(shape));
    EXPECT_EQ(query, api::embed_videos(model, {video(shape)}).vectors);
    const auto hits = opened.search(query, /*is_text=*/false, {.k = 1});
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].path, video(shape));
    EXPECT_NEAR(hits[0].score, 1, 1e-5);
  }
}

TEST_F(ApiStore, AStopEndsAQueryAndASearch) {
  api::fill_store(*model_, {video(0)}, store());
  const api::Store opened = api::Store::open(store());
  const std::vector<float> query = opened.encode_query(*model_, video(0), {.threads = 1});
  EXPECT_EQ(opened.search(query, /*is_text=*/false, {}, {.threads = 1}).size(), 1U);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(opened.encode_query(*model_, video(0), {.stop = stop.get_token()}), Error);
  EXPECT_THROW(opened.search(query, /*is_text=*/false, {}, {.stop = stop.get_token()}), Error);
}

TEST_F(ApiStore, ARowTellsWhatItShowsAndHasItsNumbers) {
  api::fill_store(*model_, {video(0), video(1)}, store());
  const api::Store opened = api::Store::open(store());
  const api::Embeddings expected = api::embed_videos(*model_, {video(0), video(1)});
  for (std::size_t i = 0; i < 2; ++i) {
    const api::Row row = opened.row(i);
    EXPECT_EQ(row.path, expected.rows[i].path);
    EXPECT_EQ(row.end, expected.rows[i].end);
    EXPECT_EQ(row.frame_seconds, expected.rows[i].frame_seconds);
    EXPECT_TRUE(std::ranges::equal(opened.vector(i), expected.vector(i)));
  }
  EXPECT_THROW(opened.row(2), Error);
  EXPECT_THROW(opened.vector(2), Error);
}

TEST_F(ApiStore, AnotherModelIsRefused) {
  api::fill_store(*model_, {video(0)}, store());
  const std::string other = folder_ / "other.safetensors";
  std::ofstream(other) << "another file";
  try {
    api::Store::open(store()).load_model(other);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_NE(std::string(error.what()).find("is not the model of"), std::string::npos) << error.what();
  }
}

TEST_F(ApiStore, AStopKeepsWhatIsDone) {
  std::stop_source stop;
  const api::Run run = {.stop = stop.get_token(), .on_progress = [&](auto...) { stop.request_stop(); }};
  EXPECT_THROW(api::fill_store(*model_, {video(0), video(1), video(2)}, store(), {}, {}, run), Error);
  const api::StoreReport rest = api::fill_store(*model_, {video(0), video(1), video(2)}, store());
  EXPECT_EQ(rest.rows, 3U);
  EXPECT_GT(rest.stored_before, 0U);
}

TEST_F(ApiStore, ClassifyingGivesTheLabelsNearestToEachRow) {
  const std::vector<std::string> labels = {"a red circle", "a blue square", "a green star"};
  const api::Classification found =
      api::classify(*model_, {video(1), folder_ / "videos-bad.mp4"}, labels, {.templates = {"{}"}, .k = 2});
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.failed.size(), 1U);
  const std::vector<float> row = api::embed_videos(*model_, {video(1)}).vectors;
  const std::vector<float> texts = api::encode_labels(*model_, labels);
  std::vector<std::pair<double, std::string>> expected;
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    double score = 0;
    for (std::size_t e = 0; e < row.size(); ++e) score += double{row[e]} * texts[i * row.size() + e];
    expected.emplace_back(score, labels[i]);
    sum += std::exp(score / 0.05);
  }
  std::ranges::sort(expected, std::greater());
  ASSERT_EQ(found.rows[0].labels.size(), 2U);
  for (std::size_t rank = 0; rank < 2; ++rank) {
    EXPECT_EQ(found.rows[0].labels[rank].label, expected[rank].second);
    EXPECT_NEAR(found.rows[0].labels[rank].score, expected[rank].first, 1e-5);
    EXPECT_NEAR(found.rows[0].labels[rank].probability, std::exp(expected[rank].first / 0.05) / sum, 1e-3);
  }
}

TEST_F(ApiStore, ClassifyingWithoutLabelsIsRefused) {
  EXPECT_THROW(api::classify(*model_, {video(0)}, {}), Error);
  EXPECT_THROW(api::classify(*model_, {video(0)}, {"x"}, {.templates = {"no place"}}), Error);
}

}  // namespace
}  // namespace tvts::test

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <thread>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tvts/api/tvts.h"

namespace tvts::test {
namespace {

class ApiTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    for (int shape = 0; shape < 3; ++shape) draw_video(*folder_ / ("v" + std::to_string(shape) + ".mp4"), shape, 24);
    std::ofstream(*folder_ / "v3.mp4") << "this is no video";
    model_.emplace(api::Model::load());
  }
  static void TearDownTestSuite() {
    model_.reset();
    folder_.reset();
  }
  static std::string videos() { return folder_->path(); }

  inline static std::unique_ptr<TemporaryFolder> folder_;
  inline static std::optional<api::Model> model_;
};

double length(std::span<const float> row) {
  return std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0));
}

TEST_F(ApiTest, AModelTellsWhatItIs) {
  const api::ModelInfo info = model_->info();
  EXPECT_GT(info.embed_dim, 0);
  EXPECT_GT(info.num_frames, 1);
  EXPECT_TRUE(info.precision == "fp32" || info.precision == "bf16") << info.precision;
  EXPECT_FALSE(info.origin.empty());
}

TEST_F(ApiTest, VideosGiveARowEachAndWhatCannotBeReadIsNamed) {
  std::size_t told = 0;
  const api::Run run = {.on_progress = [&](std::size_t done, std::size_t, auto) { told = done; }};
  const api::Embeddings found = api::embed_videos(*model_, {videos()}, {}, run);
  ASSERT_EQ(found.rows.size(), 3U);
  EXPECT_EQ(found.vectors.size(), 3 * static_cast<std::size_t>(found.dim));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(length(found.vector(i)), 1, 1e-5);
    EXPECT_TRUE(found.rows[i].path.ends_with("v" + std::to_string(i) + ".mp4"));
    EXPECT_NEAR(found.rows[i].end, 3, 0.2);
  }
  ASSERT_EQ(found.failed.size(), 1U);
  EXPECT_TRUE(found.failed[0].path.ends_with("v3.mp4"));
  EXPECT_EQ(told, 4U);
}

TEST_F(ApiTest, WindowsAndLengthFollowTheOptions) {
  const api::Embeddings found =
      api::embed_videos(*model_, {videos() + "/v0.mp4"}, {.window = 1, .stride = 1, .normalize = false});
  ASSERT_EQ(found.rows.size(), 3U);
  EXPECT_EQ(found.rows[1].start, 1);
  EXPECT_GT(std::abs(length(found.vector(0)) - 1), 1e-3);
}

TEST_F(ApiTest, ManyThreadsMayUseOneModel) {
  const std::vector<std::string> inputs = {videos() + "/v1.mp4"};
  const auto alone = api::embed_videos(*model_, inputs, {}, {.threads = 1}).vectors;
  const auto text_alone = api::encode_text(*model_, {"a red circle"});
  std::vector<std::vector<float>> found(4), texts(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < found.size(); ++i) {
      threads.emplace_back([&, i, model = *model_] {
        found[i] = api::embed_videos(model, inputs, {}, {.threads = 1}).vectors;
        texts[i] = api::encode_text(model, {"a red circle"});
      });
    }
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i], alone);
    EXPECT_EQ(texts[i], text_alone);
  }
}

TEST_F(ApiTest, LabelsAreTextsInTemplates) {
  EXPECT_EQ(api::encode_labels(*model_, {"circle"}, {"{}"}).size(), api::encode_text(*model_, {"circle"}).size());
  EXPECT_THROW(api::encode_labels(*model_, {"circle"}, {"no place for it"}), Error);
  EXPECT_THROW(api::encode_labels(*model_, {"circle"}, {}), Error);
}

TEST_F(ApiTest, TheProgressOfLabelsCountsTheTextsOfAllTemplates) {
  std::size_t told = 0;
  const api::Run run = {.on_progress = [&](std::size_t done, std::size_t, std::optional<std::size_t> total) {
    told = done;
    EXPECT_EQ(total, 4U);
  }};
  api::encode_labels(*model_, {"circle", "square"}, {"{}", "a {}"}, run);
  EXPECT_EQ(told, 4U);
}

TEST_F(ApiTest, AStopEndsTheCall) {
  std::stop_source stop;
  stop.request_stop();
  try {
    api::embed_videos(*model_, {videos()}, {}, {.stop = stop.get_token()});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
  EXPECT_THROW(api::encode_text(*model_, {"a"}, true, {.stop = stop.get_token()}), Error);
  EXPECT_THROW(api::encode_labels(*model_, {"a"}, {"{}"}, {.stop = stop.get_token()}), Error);
}

TEST_F(ApiTest, ErrorsAreOfOneTypeAndSayWhat) {
  const auto error_of = [](auto&& call) -> std::string {
    try {
      call();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(error_of([] { api::Model::load("absent.pt"); }).find("absent.pt"), std::string::npos);
  EXPECT_NE(error_of([] { api::Model::load("", {.precision = "fp4"}); }).find("fp4"), std::string::npos);
  EXPECT_NE(error_of([] { api::embed_videos(*model_, {}); }), "");
  EXPECT_EQ(api::embed_videos(*model_, {"absent.mp4"}).failed.at(0).path, "absent.mp4");
  EXPECT_NE(error_of([] { api::embed_videos(*model_, {videos()}, {.num_frames = 999}); }).find("999"),
            std::string::npos);
  EXPECT_NE(error_of([] { api::Store::open("absent"); }).find("absent"), std::string::npos);
}

TEST_F(ApiTest, TheLogGoesToTheSinkAlone) {
  std::vector<std::string> said;
  api::set_log([&](api::LogLevel, const std::string& sentence) { said.push_back(sentence); });
  testing::internal::CaptureStderr();
  api::Model::load();
  api::set_log({});
  api::Model::load();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said[0].find("small synthetic world"), std::string::npos) << said[0];
}

}  // namespace
}  // namespace tvts::test

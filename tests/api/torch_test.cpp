#include "tvts/api/torch.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <optional>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"

namespace tvts::test {
namespace {

class ApiTorch : public testing::Test {
 protected:
  static void SetUpTestSuite() { model_.emplace(api::Model::load("", {.precision = "fp32"})); }
  static void TearDownTestSuite() { model_.reset(); }

  std::vector<api::Clip> clips(int shape = 1) {
    return api::read_clips(*model_, draw_video(folder_ / "v.mp4", shape, 40), {.window = 2}).clips;
  }

  TemporaryFolder folder_;
  inline static std::optional<api::Model> model_;
};

at::Tensor tensor_of(const std::vector<float>& rows, std::int64_t dim) { return at::tensor(rows).reshape({-1, dim}); }

double largest(const at::Tensor& difference) { return difference.abs().max().item<double>(); }

TEST_F(ApiTorch, TensorsGiveTheFeaturesOfTheClipsAndTextsThemselves) {
  const auto read = clips();
  const std::int64_t dim = model_->info().embed_dim;
  const at::Tensor video = api::video_tensor(*model_, read);
  EXPECT_EQ(video.size(0), std::ssize(read));
  EXPECT_EQ(video.size(2), 3);
  EXPECT_LT(largest(api::encode_video(*model_, video) - tensor_of(api::encode_video(*model_, read), dim)), 1e-6);
  const std::vector<std::string> texts = {"a red circle", "a blue square"};
  const at::Tensor features = api::encode_text(*model_, api::token_ids(*model_, texts));
  EXPECT_LT(largest(features - tensor_of(api::encode_text(*model_, texts), dim)), 1e-6);
}

TEST_F(ApiTorch, TheTrainableModelComputesWhatTheEngineDoes) {
  api::TrainableModel trainable = api::TrainableModel::load();
  const at::Tensor video = api::video_tensor(*model_, clips());
  const at::Tensor ids = api::token_ids(*model_, std::vector<std::string>{"a red circle"});
  const at::NoGradGuard no_grad;
  EXPECT_LT(largest(trainable.encode_video(video) - api::encode_video(*model_, video, false)), 1e-4);
  EXPECT_LT(largest(trainable.encode_text(ids) - api::encode_text(*model_, ids, false)), 1e-4);
}

TEST_F(ApiTorch, AStepOfTrainingLowersTheLossAndIsKeptInTheFile) {
  api::TrainableModel trainable = api::TrainableModel::load();
  const at::Tensor video = api::video_tensor(*model_, clips());
  const at::Tensor target = at::zeros({video.size(0), model_->info().embed_dim});
  std::vector<at::Tensor> parameters;
  for (auto& [name, parameter] : trainable.named_parameters()) parameters.push_back(parameter);
  torch::optim::SGD optimizer(parameters, 1e-3);
  const auto loss = [&] { return at::mse_loss(trainable.encode_video(video), target); };
  const double before = loss().item<double>();
  loss().backward();
  optimizer.step();
  const double after = loss().item<double>();
  EXPECT_LT(after, before);

  const std::string path = folder_ / "tuned.safetensors";
  trainable.save(path);
  const api::Model tuned = api::Model::load(path, {.precision = "fp32"});
  EXPECT_TRUE(tuned.info().origin.starts_with("fine-tuned from ")) << tuned.info().origin;
  const at::Tensor saved = api::encode_video(tuned, video, false);
  EXPECT_LT(largest(saved - trainable.encode_video(video).detach()), 1e-4);
  EXPECT_GT(largest(saved - api::encode_video(*model_, video, false)), 1e-4);
}

TEST_F(ApiTorch, AShapeThatDoesNotFitIsAnErrorOfUse) {
  const std::int64_t size = model_->info().image_size;
  try {
    api::encode_video(*model_, at::zeros({1, 2, 3, size, size + 1}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find(std::to_string(size + 1)), std::string::npos) << error.what();
  }
  EXPECT_THROW(api::encode_text(*model_, at::full({1, 4}, 1 << 20, at::kLong)), Error);
  EXPECT_THROW(api::video_tensor(*model_, {}), Error);
}

}  // namespace
}  // namespace tvts::test

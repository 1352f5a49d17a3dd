#include "tvts/model/cpu/inference/fast_video_encoder.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/model/cpu/inference/products_cases.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_path.h"

namespace tvts::test {
namespace {

class FastVideoEncoderOf : public testing::TestWithParam<std::tuple<ModelKind, ProductsCase>> {
 protected:
  void SetUp() override {
    torch::manual_seed(7);
    const Products& products = std::get<ProductsCase>(GetParam()).products;
    if (!takes_fast_path(at::kCPU, products)) GTEST_SKIP() << "this CPU computes in it by the plain model";
    fast_.emplace(*model_.video, model_.config, products);
  }

  // Largest difference to the plain model, as a share of the largest number.
  static double difference(const at::Tensor& found, const at::Tensor& expected) {
    EXPECT_EQ(found.sizes(), expected.sizes());
    return ((found - expected).abs().max() / expected.abs().max()).item<double>();
  }
  static double bound() { return std::get<ProductsCase>(GetParam()).bound; }

  at::NoGradGuard no_grad_;
  DualEncoder model_ = tiny_model(std::get<ModelKind>(GetParam()));
  std::optional<FastVideoEncoder> fast_;
};

TEST_P(FastVideoEncoderOf, GivesThePlainModelsEmbeddings) {
  for (const int64_t clips : {1, 3}) {
    for (const int64_t frames : {1, 3, 4}) {
      const at::Tensor video = at::randn({clips, frames, 3, 24, 24});
      EXPECT_LT(difference(fast_->forward(video, false).embedding, model_.video(video).embedding), bound())
          << clips << " " << frames;
    }
  }
}

TEST_P(FastVideoEncoderOf, GivesThePlainModelsTokensWhenAskedForThem) {
  const at::Tensor video = at::randn({2, 4, 3, 24, 24});
  const VideoFeatures plain = model_.video(video), fast = fast_->forward(video, true);
  EXPECT_LT(difference(fast.tokens, plain.tokens), bound());
  EXPECT_LT(difference(fast.embedding, plain.embedding), bound());
  EXPECT_FALSE(fast_->forward(video, false).tokens.defined());
}

TEST_P(FastVideoEncoderOf, GivesThePlainModelsFeaturesOfImages) {
  const at::Tensor images = at::randn({3, 3, 24, 24});
  EXPECT_LT(difference(fast_->forward_images(images), model_.video->forward_images(images)), bound());
}

TEST_P(FastVideoEncoderOf, TakesAnImageForAVideoOfOneFrame) {
  const at::Tensor image = at::randn({2, 3, 24, 24});
  EXPECT_LT(difference(fast_->forward(image, false).embedding, model_.video(image).embedding), bound());
}

TEST_P(FastVideoEncoderOf, LeavesWhatItIsGivenAsItWas) {
  const at::Tensor video = at::randn({1, 2, 3, 24, 24}), before = video.clone();
  const at::Tensor first = fast_->forward(video, false).embedding;
  EXPECT_TRUE(video.equal(before));
  EXPECT_TRUE(fast_->forward(video, false).embedding.equal(first));
}

TEST_P(FastVideoEncoderOf, RefusesInputsOfAnotherSize) {
  EXPECT_THROW(fast_->forward(at::randn({1, 5, 3, 24, 24}), false), Error);
  EXPECT_THROW(fast_->forward(at::randn({1, 2, 3, 24, 16}), false), Error);
  EXPECT_THROW(fast_->forward_images(at::randn({1, 2, 3, 24, 24})), Error);
}

INSTANTIATE_TEST_SUITE_P(Kinds, FastVideoEncoderOf,
                         testing::Combine(testing::Values(ModelKind::kB, ModelKind::kH),
                                          testing::ValuesIn(kProductsCases)),
                         [](const auto& info) {
                           return to_string(std::get<0>(info.param)) + std::get<1>(info.param).name;
                         });

}  // namespace
}  // namespace tvts::test

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

class VideoEncoderOfKind : public testing::TestWithParam<ModelKind> {
 protected:
  DualEncoder model_ = tiny_model(GetParam());
  at::NoGradGuard no_grad_;
};

double difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

TEST_P(VideoEncoderOfKind, ABatchOfManyEqualsBatchesOfOne) {
  const at::Tensor video = at::randn({3, 4, 3, 24, 24});
  const at::Tensor together = model_.video(video).embedding;
  for (int64_t clip = 0; clip < 3; ++clip) {
    EXPECT_LT(difference(together[clip], model_.video(video.narrow(0, clip, 1)).embedding[0]), 1e-5);
  }
}

TEST_P(VideoEncoderOfKind, AnImageIsAVideoOfOneFrame) {
  const at::Tensor image = at::randn({2, 3, 24, 24});
  EXPECT_TRUE(model_.video(image).embedding.equal(model_.video(image.unsqueeze(1)).embedding));
}

TEST_P(VideoEncoderOfKind, TheOrderOfFramesMatters) {
  const at::Tensor video = at::randn({1, 4, 3, 24, 24});
  EXPECT_GT(difference(model_.video(video).embedding, model_.video(video.flip(1)).embedding), 1e-4);
}

TEST_P(VideoEncoderOfKind, TheOrderOfKeptCellsDoesNotMatter) {
  const at::Tensor video = at::randn({1, 4, 3, 24, 24});
  const at::Tensor keep = at::tensor({4, 1, 7}, at::kLong).unsqueeze(0);
  EXPECT_LT(difference(model_.video(video, keep).embedding, model_.video(video, keep.flip(1)).embedding), 1e-5);
}

TEST_P(VideoEncoderOfKind, MaskedCellsHaveNoEffect) {
  const at::Tensor video = at::randn({1, 2, 3, 24, 24});
  const at::Tensor keep = at::tensor({0, 1, 2}, at::kLong).unsqueeze(0);  // the first row of cells
  const at::Tensor before = model_.video(video, keep).embedding;
  video.narrow(3, 8, 16).fill_(5);
  EXPECT_TRUE(before.equal(model_.video(video, keep).embedding));
}

TEST_P(VideoEncoderOfKind, TokensHaveTheShapesThatTheSortHeadTakes) {
  const VideoFeatures features = model_.video(at::randn({2, 3, 3, 24, 24}));
  const int64_t cls = GetParam() == ModelKind::kB ? 1 : 0;
  EXPECT_EQ(features.embedding.sizes(), at::IntArrayRef({2, 24}));
  EXPECT_EQ(features.tokens.sizes(), at::IntArrayRef({2, cls + 3 * 9, 24}));
}

TEST_P(VideoEncoderOfKind, RefusesInputsOfAnotherSize) {
  EXPECT_THROW(model_.video(at::randn({1, 5, 3, 24, 24})), Error);  // more frames than temporal rows
  EXPECT_THROW(model_.video(at::randn({1, 0, 3, 24, 24})), Error);
  EXPECT_THROW(model_.video(at::randn({1, 2, 3, 24, 16})), Error);
  EXPECT_THROW(model_.video(at::randn({1, 2, 1, 24, 24})), Error);
  const at::Tensor video = at::randn({1, 2, 3, 24, 24});
  EXPECT_THROW(model_.video(video, at::tensor({9}, at::kLong).unsqueeze(0)), Error);  // cells are 0 to 8
  EXPECT_THROW(model_.video(video, at::tensor({-1}, at::kLong).unsqueeze(0)), Error);
}

TEST_P(VideoEncoderOfKind, WithoutTimeAnImageIsWhatItsBlocksSeeAlone) {
  model_ = tiny_model(GetParam(), TemporalStart::kZero);
  const at::Tensor images = at::randn({2, 3, 24, 24});
  for (auto& [name, parameter] : named_parameters(model_)) {
    if (name == "video_model.temporal_embedding") parameter.zero_();
  }
  EXPECT_LT(difference(model_.video->forward_images(images), model_.video(images).embedding), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Kinds, VideoEncoderOfKind, testing::Values(ModelKind::kB, ModelKind::kH),
                         [](const auto& kind) { return to_string(kind.param); });

}  // namespace
}  // namespace tvts::test

#include "tvts/model/runtime/inference.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/runtime/plain_encoders.h"

namespace tvts::test {
namespace {

// A published model with one layer in each encoder.
DualEncoder shallow(const std::string& name) {
  ModelConfig config = named_model(name);
  config.video.layers = config.text.layers = 1;
  config.text.vocab_size = 600;
  DualEncoder model = make_dual_encoder(config);
  initialise(model, 5, TemporalStart::kRandom);
  return model;
}

class InferenceOf : public testing::TestWithParam<const char*> {};

TEST_P(InferenceOf, TakesTheFastPathWhereverTheCpuHasItAndAgreesWithThePlainModel) {
  if (!takes_fast_path(at::kCPU, {.type = at::kFloat})) GTEST_SKIP() << "this CPU has no AVX2";
  const DualEncoder model = shallow(GetParam());
  InferenceModel inference(model, "cpu", Precision::kFp32);
  EXPECT_TRUE(inference.is_fast());
  const at::InferenceMode no_gradients;
  const at::Tensor video = at::randn({1, 2, 3, 224, 224}), ids = at::tensor({3, 4, 599, 0, 0}, at::kLong).unsqueeze(0);
  const auto plain = plain_encoders(model);
  const at::Tensor expected = plain->video(video, false).embedding, text = plain->texts(ids);
  EXPECT_TRUE(at::allclose(inference.embed_videos(video, {2}, Pool::kCls), expected, 1e-4, 1e-4));
  EXPECT_TRUE(at::allclose(inference.embed_texts(ids), text, 1e-4, 1e-4));
}

INSTANTIATE_TEST_SUITE_P(Models, InferenceOf, testing::Values("ViT-B-32", "ViT-B-16", "ViT-H-14"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

class InferenceOfKind : public testing::TestWithParam<ModelKind> {
 protected:
  at::NoGradGuard no_grad_;
  DualEncoder model_ = tiny_model(GetParam());
};

TEST_P(InferenceOfKind, Bfloat16StaysNearFloat32) {
  const at::Tensor video = at::randn({2, 4, 3, 24, 24});
  const at::Tensor exact = model_.video(video).embedding.clone();
  InferenceModel half(tiny_model(GetParam()), "cpu", Precision::kBf16);
  const at::Tensor cosine = at::cosine_similarity(exact, half.embed_videos(video, {4, 4}, Pool::kCls));
  EXPECT_GT(cosine.min().item<double>(), 0.999);
  EXPECT_FALSE(exact.equal(half.embed_videos(video, {4, 4}, Pool::kCls)));
}

// Gains of a few columns are made thirty times as large as the others, as trained models have them.
void plant_outliers(DualEncoder& model) {
  const at::NoGradGuard no_grad;
  for (auto& [name, parameter] : named_parameters(model)) {
    if (name.find(".ln_") == std::string::npos || !name.ends_with("weight")) continue;
    parameter.narrow(0, parameter.size(0) / 3, 2).mul_(30);
  }
}

TEST_P(InferenceOfKind, Int8StaysNearFloat32AlsoWithOutlyingColumns) {
  if (!takes_fast_path(at::kCPU, {.type = at::kFloat})) GTEST_SKIP() << "this CPU has no AVX2";
  for (const bool planted : {false, true}) {
    DualEncoder model = tiny_model(GetParam());
    if (planted) plant_outliers(model);
    const at::Tensor video = at::randn({3, 4, 3, 24, 24});
    const at::Tensor exact = model.video(video).embedding.clone();
    InferenceModel inference(std::move(model), "cpu", Precision::kInt8);
    const at::Tensor found = inference.embed_videos(video, {4, 4, 4}, Pool::kCls);
    EXPECT_GT(at::cosine_similarity(exact, found).min().item<double>(), 0.995) << planted;
    EXPECT_FALSE(exact.equal(found));
  }
}

TEST_P(InferenceOfKind, MeanPoolingAveragesTheFramesThatAreThere) {
  InferenceModel inference(tiny_model(GetParam()), "cpu", Precision::kFp32);
  const at::Tensor video = at::randn({1, 4, 3, 24, 24});
  const at::Tensor expected =
      l2_normalised(l2_normalised(model_.video->forward_images(video[0].narrow(0, 0, 3))).mean(0));
  EXPECT_TRUE(at::allclose(inference.embed_videos(video, {3}, Pool::kMean)[0], expected, 1e-4, 1e-6));
}

INSTANTIATE_TEST_SUITE_P(Kinds, InferenceOfKind, testing::Values(ModelKind::kB, ModelKind::kH),
                         [](const auto& kind) { return to_string(kind.param); });

TEST(Inference, RefusesADeviceThatIsNotThere) {
  for (const char* name : {"warp", "cuda:x", "cuda:77", "meta", "mps", ""}) {
    EXPECT_THROW(InferenceModel(tiny_model(), name, Precision::kFp32), Error) << name;
  }
}

TEST(Inference, TakesTheFastPathInBfloat16WhereTheCpuMultipliesInIt) {
  EXPECT_EQ(InferenceModel(tiny_model(), "cpu", Precision::kBf16).is_fast(),
            takes_fast_path(at::kCPU, {.type = at::kBFloat16}));
}

TEST(Inference, RefusesInt8WhereThereIsNoFastPathForIt) {
  if (takes_fast_path(at::kCPU, {.type = at::kFloat})) GTEST_SKIP() << "this CPU has it";
  EXPECT_THROW(InferenceModel(tiny_model(), "cpu", Precision::kInt8), Error);
}

TEST(Precision, NamesAreReadAsTheyAreWritten) {
  for (const Precision precision : {Precision::kFp32, Precision::kBf16, Precision::kInt8}) {
    EXPECT_EQ(precision_named(to_string(precision)), precision);
  }
  EXPECT_THROW(precision_named("fp4"), Error);
}

TEST(Precision, TheFastestKeepsACosineOf9999) {
  const Precision precision = fastest_precision(at::kCPU);
  EXPECT_EQ(precision, fastest_precision(at::kCPU));
  const at::InferenceMode no_gradients;
  DualEncoder model = tiny_model();
  const at::Tensor video = at::randn({2, 4, 3, 24, 24}), exact = model.video(video).embedding.clone();
  InferenceModel inference(std::move(model), "cpu", precision);
  const at::Tensor found = inference.embed_videos(video, {4, 4}, Pool::kCls);
  EXPECT_GT(at::cosine_similarity(exact, found).min().item<double>(), 0.9999);
}

TEST(Inference, CallsOnPackedWhenWeightsMayBeReleased) {
  int times = 0;
  const InferenceModel inference(tiny_model(), "cpu", Precision::kFp32, [&] { ++times; });
  EXPECT_EQ(times > 0, inference.is_fast());
}

TEST(Inference, GivesTokensWithOrWithoutTheFastPath) {
  InferenceModel inference(tiny_model(), "cpu", Precision::kFp32);
  const at::Tensor video = at::randn({2, 3, 3, 24, 24});
  const VideoFeatures features = inference.video_features(video);
  EXPECT_EQ(features.tokens.sizes(), at::IntArrayRef({2, 1 + 3 * 9, 24}));
  EXPECT_TRUE(at::allclose(features.embedding, inference.embed_videos(video, {3, 3}, Pool::kCls), 1e-5, 1e-5));
}

}  // namespace
}  // namespace tvts::test

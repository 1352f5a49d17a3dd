#include "tvts/model/cpu/training/fast_video_features.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/plain/autocast.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts::test {
namespace {

struct TrainingCase {
  const char* name;
  at::ScalarType type;
  double bound;  // relative, of a parameter's whole gradient
};

class FastVideoFeatures : public testing::TestWithParam<std::tuple<ModelKind, TrainingCase>> {
 protected:
  void SetUp() override {
    torch::manual_seed(7);
    if (!takes_fast_path(at::kCPU, {.type = type()})) GTEST_SKIP() << "this CPU trains in it by the plain model";
    for (auto& [name, value] : named_parameters(model_)) value.requires_grad_();
  }
  static at::ScalarType type() { return std::get<TrainingCase>(GetParam()).type; }
  static double bound() { return std::get<TrainingCase>(GetParam()).bound; }

  // The gradients of a sum that every feature enters with a weight of its own.
  std::map<std::string, at::Tensor> gradients(const at::Tensor& video, const at::Tensor& keep, bool fast,
                                              bool with_tokens = true) {
    VideoFeatures features;
    {
      const Autocast autocast(at::kCPU, type() == at::kBFloat16);
      features = fast ? fast_video_features(model_, video, keep, with_tokens, type()) : model_.video(video, keep);
    }
    const auto weighted = [](const at::Tensor& x) {
      return (x * at::linspace(-1, 1, x.numel()).view(x.sizes())).sum();
    };
    at::Tensor loss = weighted(features.embedding);
    std::map<std::string, at::Tensor> found = {{"embedding", features.embedding.detach()}};
    if (with_tokens) {
      loss = loss + weighted(features.tokens);
      found["tokens"] = features.tokens.detach();
    }
    loss.backward();
    for (auto& [name, value] : named_parameters(model_)) {
      if (value.grad().defined()) found[name] = value.grad().clone();
      value.mutable_grad().reset();
    }
    return found;
  }

  void expect_same(const at::Tensor& video, const at::Tensor& keep, bool with_tokens = true) {
    const auto plain = gradients(video, keep, false, with_tokens), fast = gradients(video, keep, true, with_tokens);
    EXPECT_EQ(plain.size(), fast.size());
    for (const auto& [name, expected] : plain) {
      ASSERT_TRUE(fast.contains(name)) << name;
      const double error = (fast.at(name) - expected).norm().item<double>(), size = expected.norm().item<double>();
      EXPECT_LE(error, bound() * size + 1e-7) << name << " of size " << size;
    }
  }

  DualEncoder model_ = tiny_model(std::get<ModelKind>(GetParam()));
};

TEST_P(FastVideoFeatures, HaveThePlainModelsValuesAndGradients) {
  for (const int64_t clips : {1, 3}) {
    for (const int64_t frames : {1, 4}) expect_same(at::randn({clips, frames, 3, 24, 24}), {});
  }
}

TEST_P(FastVideoFeatures, HaveThemUnderATubeMask) {
  const at::Tensor keep = random_tube_mask(2, 9, 0.5, at::detail::createCPUGenerator(3));
  expect_same(at::randn({2, 4, 3, 24, 24}), keep);
}

TEST_P(FastVideoFeatures, HaveThemWhereNobodyAsksForTokens) {
  const at::Tensor keep = random_tube_mask(3, 9, 0.5, at::detail::createCPUGenerator(3));
  expect_same(at::randn({3, 4, 3, 24, 24}), keep, /*with_tokens=*/false);
  const VideoFeatures features = fast_video_features(model_, at::randn({1, 2, 3, 24, 24}), {}, false, at::kFloat);
  EXPECT_FALSE(features.tokens.defined());
}

TEST_P(FastVideoFeatures, AreTheSameWhenBlocksAreComputedAgain) {
  const at::Tensor video = at::randn({2, 3, 3, 24, 24});
  const auto kept = gradients(video, {}, true);
  model_.video->set_recompute(true);
  const auto again = gradients(video, {}, true);
  for (const auto& [name, expected] : kept) EXPECT_TRUE(again.at(name).equal(expected)) << name;
}

TEST_P(FastVideoFeatures, GiveTheSameBitsTwice) {
  const at::Tensor video = at::randn({2, 4, 3, 24, 24});
  const auto first = gradients(video, {}, true), second = gradients(video, {}, true);
  for (const auto& [name, expected] : first) EXPECT_TRUE(second.at(name).equal(expected)) << name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, FastVideoFeatures,
                         testing::Combine(testing::Values(ModelKind::kB, ModelKind::kH),
                                          testing::Values(TrainingCase{"Float32", at::kFloat, 2e-5},
                                                          TrainingCase{"Bfloat16", at::kBFloat16, 4e-2})),
                         [](const auto& info) {
                           return to_string(std::get<0>(info.param)) + std::get<1>(info.param).name;
                         });

}  // namespace
}  // namespace tvts::test

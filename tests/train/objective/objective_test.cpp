#include "tvts/train/objective/objective.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/train/objective/contrastive.h"

namespace tvts::test {
namespace {

constexpr int64_t kSegments = 4;

DualEncoder model_with_head() {
  DualEncoder model = tiny_model();
  model.sort_head = SortHead(model.config.embed_dim, kSegments);
  initialise_sort_head(model, 7);
  return model;
}

// segments 4: narrated clips that are sorted; 1: alt-texts.
ObjectiveBatch batch_of(int64_t clips, int64_t segments) {
  at::manual_seed(3);
  return {.video = at::randn({clips, 4, 3, 24, 24}),
          .ids = at::randint(1, 599, {clips * segments, 12}, at::kLong),
          .segments = segments,
          .sort = segments > 1};
}

Losses losses_of(DualEncoder& model, const ObjectiveBatch& batch, const ObjectiveOptions& options = {}) {
  Collective alone;
  return compute_losses(model, batch, options, alone);
}

std::vector<std::pair<std::string, at::Tensor>> gradients(bool recompute, bool bf16) {
  DualEncoder model = model_with_head();
  model.video->set_recompute(recompute);
  model.text->set_recompute(recompute);
  losses_of(model, batch_of(3, kSegments), {.bf16 = bf16}).total.backward();
  std::vector<std::pair<std::string, at::Tensor>> all;
  for (auto& [name, parameter] : named_parameters(model)) all.emplace_back(name, parameter.grad());
  return all;
}

void expect_same_gradients_when_recomputed(bool bf16) {
  const auto kept = gradients(false, bf16), computed_again = gradients(true, bf16);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    ASSERT_TRUE(kept[i].second.defined() && computed_again[i].second.defined()) << kept[i].first;
    const double norm = kept[i].second.norm().item<double>();
    const double error = (kept[i].second - computed_again[i].second).norm().item<double>();
    EXPECT_LE(error, 1e-5 * norm + 1e-8) << kept[i].first;
  }
}

TEST(Objective, RecomputedBlocksGiveTheSameGradients) { expect_same_gradients_when_recomputed(false); }

TEST(Objective, RecomputedBlocksGiveTheSameGradientsInBf16) { expect_same_gradients_when_recomputed(true); }

TEST(Objective, TotalIsContrastivePlusWeightedSorting) {
  DualEncoder model = model_with_head();
  const Losses losses = losses_of(model, batch_of(3, kSegments), {.sorting_weight = 3});
  EXPECT_NEAR(losses.total.item<double>(), losses.contrastive.item<double>() + 3 * losses.sorting.item<double>(), 1e-5);
}

TEST(Objective, AltTextsAreNotSorted) {
  DualEncoder model = model_with_head();
  const Losses losses = losses_of(model, batch_of(4, 1));
  EXPECT_FALSE(losses.sorting.defined());
  losses.total.backward();
  for (auto& [name, parameter] : named_parameters(model)) {
    EXPECT_EQ(parameter.grad().defined(), !name.starts_with("pred_model")) << name;
  }
}

TEST(Objective, AltTextsOfJoinedClipsAreSortedWhenAsked) {
  DualEncoder model = model_with_head();
  ObjectiveBatch batch = batch_of(8, 1);
  batch.sort = true;
  batch.join = kSegments;
  const Losses losses = losses_of(model, batch);
  EXPECT_EQ(losses.sort_logits.sizes(), (at::IntArrayRef{2, kSegments, kSegments}));
  EXPECT_EQ(losses.similarity.sizes(), (at::IntArrayRef{8, 8}));
}

// The gradient that reaches the text encoder from sorting alone.
double text_gradient_of_sorting(bool stop_gradient) {
  DualEncoder model = model_with_head();
  losses_of(model, batch_of(3, kSegments), {.stop_gradient = stop_gradient}).sorting.backward();
  double sum = 0;
  for (auto& [name, parameter] : named_parameters(model)) {
    if (name.starts_with("text_") && parameter.grad().defined()) sum += parameter.grad().abs().sum().item<double>();
  }
  return sum;
}

TEST(Objective, StopGradientKeepsSortingFromTheTextEncoder) {
  EXPECT_EQ(text_gradient_of_sorting(true), 0);
  EXPECT_GT(text_gradient_of_sorting(false), 0);
}

TEST(Objective, MeanOfFramesLeavesTimeUntouched) {
  DualEncoder model = tiny_model();
  losses_of(model, batch_of(3, 1), {.video_path = VideoPath::kMeanOfFrames}).total.backward();
  for (auto& [name, parameter] : named_parameters(model)) {
    const bool temporal = name.find("timeattn") != std::string::npos || name.find("ln_3") != std::string::npos ||
                          name.find("temporal_embedding") != std::string::npos;
    EXPECT_EQ(parameter.grad().defined(), !temporal) << name;
  }
}

TEST(Objective, MeanOfFramesDoesNotSeeTheirOrder) {
  DualEncoder model = tiny_model();
  const at::NoGradGuard no_grad;
  const at::Tensor video = batch_of(2, 1).video;
  const at::Tensor forwards = mean_of_frames(model.video, video),
                   backwards = mean_of_frames(model.video, video.flip(1));
  EXPECT_TRUE(at::allclose(forwards, backwards, 1e-5, 1e-6));
}

TEST(Objective, Bf16LossIsCloseToTheFloatOne) {
  DualEncoder model = model_with_head();
  const double exact = losses_of(model, batch_of(3, kSegments)).total.item<double>();
  const Losses rounded = losses_of(model, batch_of(3, kSegments), {.bf16 = true});
  EXPECT_EQ(rounded.similarity.scalar_type(), at::kFloat);
  EXPECT_NEAR(rounded.total.item<double>(), exact, 0.05 * exact);
}

}  // namespace
}  // namespace tvts::test

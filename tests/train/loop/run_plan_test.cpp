#include "tvts/train/loop/run_plan.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"
#include "tests/train/loop/tiny_run.h"
#include "tvts/core/error.h"
#include "tvts/train/loop/initial_model.h"
#include "tvts/train/loop/step_cost.h"

namespace tvts::test {
namespace {

double work_of(const ModelConfig& model, const TrainConfig& config) {
  return step_cost(model, config, config.corpora.front(), 1).multiply_adds;
}

TrainConfig captions_of(int64_t batch) {
  TrainConfig config;
  config.corpora = {{.name = "alt", .batch = batch}};
  config.freeze.text_layers = 0;
  return config;
}

TEST(StepCost, IsThreeForwardPassesOfEveryClipAndText) {
  const ModelConfig model = tiny_config();
  const auto forward = static_cast<double>(
      video_multiply_adds(model, model.video.num_frames, model.video.patches_per_frame()) + text_multiply_adds(model));
  EXPECT_DOUBLE_EQ(work_of(model, captions_of(8)), 8 * 3 * forward);
}

TEST(StepCost, RecomputedBlocksTakeAFourthPassAndKeepLess) {
  const ModelConfig model = named_model("ViT-B-16");
  const TrainConfig kept = captions_of(8);
  TrainConfig computed_again = kept;
  computed_again.recompute = true;
  EXPECT_DOUBLE_EQ(work_of(model, computed_again), work_of(model, kept) * 4 / 3);
  EXPECT_LT(step_cost(model, computed_again, kept.corpora[0], 1).activation_bytes,
            step_cost(model, kept, kept.corpora[0], 1).activation_bytes / 4);
}

TEST(StepCost, MaskedPatchesCostNothing) {
  const ModelConfig model = named_model("ViT-B-16");
  TrainConfig masked = captions_of(8);
  const double whole = work_of(model, masked);
  masked.objective.mask_ratio = 0.7;
  EXPECT_LT(work_of(model, masked), 0.4 * whole);
}

TEST(StepCost, FrozenTextsCostTheirForwardPassAlone) {
  const ModelConfig model = tiny_config();
  TrainConfig config = captions_of(8);
  const double trained = work_of(model, config);
  config.freeze = {.text_layers = 2, .text_embeddings = true};
  EXPECT_DOUBLE_EQ(trained - work_of(model, config), 8.0 * 2 * static_cast<double>(text_multiply_adds(model)));
}

TEST(StepCost, ActivationsAreSharedAmongRanks) {
  const ModelConfig model = tiny_config();
  const TrainConfig config = captions_of(8);
  EXPECT_DOUBLE_EQ(step_cost(model, config, config.corpora[0], 4).activation_bytes,
                   step_cost(model, config, config.corpora[0], 1).activation_bytes / 4);
}

TEST(RunPlan, CountsStepsAndParametersOfTheRunThatWouldBe) {
  const TinyRun data;
  const TrainConfig config = data.both();
  const RunPlan plan = plan_run(config, 1, {});
  EXPECT_EQ(plan.steps, 12);
  EXPECT_TRUE(plan.missing.empty());
  const InitialModel initial = initial_model(config, TVTS_VOCABULARY);
  int64_t parameters = 0;
  for (const auto& [name, value] : named_parameters(initial.model)) parameters += value.numel();
  EXPECT_EQ(plan.trained_parameters + plan.frozen_parameters, parameters);
  EXPECT_GT(plan.frozen_parameters, 0);
  EXPECT_EQ(plan.weight_bytes, 4.0 * static_cast<double>(parameters));
  EXPECT_FALSE(std::filesystem::exists(config.output));
}

TEST(RunPlan, NamesEverythingThatIsMissing) {
  const TinyRun data;
  TrainConfig config = data.both();
  config.start = data / "absent.pth";
  config.corpora[0].list = data / "absent.tsv";
  std::filesystem::remove(data / "videos/data/v3.mp4");
  const RunPlan plan = plan_run(config, 1, {});
  ASSERT_EQ(plan.missing.size(), 3U);
  EXPECT_NE(plan.missing[0].find("absent.pth"), std::string::npos);
  EXPECT_NE(plan.missing[1].find("absent.tsv"), std::string::npos);
  EXPECT_NE(plan.missing[2].find("alt: 1 of 6 samples, the first: "), std::string::npos) << plan.missing[2];
  EXPECT_EQ(plan.steps, 0);
}

TEST(RunPlan, AMissingStartWithoutANamedModelTellsNoSizes) {
  TrainConfig config = captions_of(8);
  config.start = "absent.pth";
  EXPECT_THROW(plan_run(config, 1, {}), Error);
}

}  // namespace
}  // namespace tvts::test

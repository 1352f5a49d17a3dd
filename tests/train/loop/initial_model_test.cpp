#include "tvts/train/loop/initial_model.h"

#include <gtest/gtest.h>

#include "tests/model/pretrained/python_script.h"
#include "tests/support/golden.h"
#include "tests/support/tiny_model.h"
#include "tests/train/loop/tiny_run.h"
#include "tvts/core/error.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/train/loop/resolve.h"

namespace tvts::test {
namespace {

// A file with the weights of tiny_model() and perhaps a sort head.
std::string saved_model(const TemporaryFolder& folder, int64_t segments) {
  DualEncoder model = tiny_model();
  if (segments > 0) {
    model.sort_head = SortHead(model.config.embed_dim, segments);
    initialise_sort_head(model, 99);
  }
  ModelSpec spec;
  spec.config = model.config;
  save_model(folder / "start.safetensors", model, spec);
  return folder / "start.safetensors";
}

TrainConfig config_from(const std::string& start, const std::string& temporal_start, bool sorts) {
  TrainConfig config;
  config.start = start;
  config.temporal_start = temporal_start;
  config.corpora = {{.name = "told", .segments = 4, .batch = 8, .sorting = sorts ? "transcripts" : "none"}};
  return config;
}

InitialModel initial_model_from(const TrainConfig& config) { return initial_model(config, TVTS_VOCABULARY); }

Tensors weights_of(const DualEncoder& model) {
  Tensors weights;
  for (auto& [name, value] : named_parameters(model)) weights[name] = value;
  return weights;
}

TEST(InitialModel, KeepsEveryWeightOfAFileOfOursWhenAsked) {
  const TemporaryFolder folder;
  const InitialModel initial = initial_model_from(config_from(saved_model(folder, 4), "keep", true));
  const Tensors expected = read_tensors(folder / "start.safetensors");
  for (const auto& [name, value] : weights_of(initial.model)) EXPECT_TRUE(at::equal(value, expected.at(name))) << name;
}

TEST(InitialModel, MakesASortHeadWhereTheFileHasNone) {
  const TemporaryFolder folder;
  const InitialModel initial = initial_model_from(config_from(saved_model(folder, 0), "keep", true));
  EXPECT_EQ(weights_of(initial.model).at("pred_model.head.weight").sizes(), (at::IntArrayRef{4, 24}));
}

TEST(InitialModel, LeavesTheSortHeadOfAFileOutWhereNothingIsSorted) {
  const TemporaryFolder folder;
  EXPECT_TRUE(initial_model_from(config_from(saved_model(folder, 4), "keep", false)).model.sort_head.is_empty());
}

TEST(InitialModel, ASortHeadOfAnotherSizeIsRefused) {
  const TemporaryFolder folder;
  const std::string start = saved_model(folder, 3);
  EXPECT_THROW(initial_model_from(config_from(start, "keep", true)), Error);
}

TEST(InitialModel, ZeroStartsTheTemporalAttentionAnewAndLeavesTheRest) {
  const TemporaryFolder folder;
  const InitialModel initial = initial_model_from(config_from(saved_model(folder, 0), "zero", false));
  const Tensors expected = read_tensors(folder / "start.safetensors");
  for (const auto& [name, value] : weights_of(initial.model)) {
    if (name.ends_with("timeattn.qkv.weight")) {
      EXPECT_TRUE(value.eq(0).all().item<bool>()) << name;
    }
    if (name.ends_with(".attn.qkv.weight")) {
      EXPECT_TRUE(at::equal(value, expected.at(name))) << name;
    }
  }
}

TEST(InitialModel, TrainsOnWeightsOfItsOwnNotOnTheFile) {
  const TemporaryFolder folder;
  const std::string start = saved_model(folder, 0), before = read_text(start);
  const InitialModel initial = initial_model_from(config_from(start, "keep", false));
  const at::NoGradGuard no_grad;
  for (auto& [name, value] : named_parameters(initial.model)) value.zero_();
  EXPECT_EQ(read_text(start), before);
}

TEST(InitialModel, CorporaThatSortAnotherNumberOfTextsAreRefused) {
  TrainConfig config = config_from("", "zero", true);
  config.corpora.push_back({.name = "other", .segments = 3, .batch = 8, .sorting = "transcripts"});
  EXPECT_THROW(sorted_segments(config, 12), Error);
}

TEST(InitialModel, JoinedClipsNeedFramesThatTheyDivide) {
  TrainConfig config;
  config.corpora = {{.name = "alt", .batch = 8, .sorting = "clips"}};
  EXPECT_EQ(sorted_segments(config, 12), kJoinedClips);
  EXPECT_THROW(sorted_segments(config, 10), Error);
  config.corpora[0].batch = 6;
  EXPECT_THROW(sorted_segments(config, 12), Error);
}

TEST(InitialModel, MoreFrozenTextBlocksThanTheModelHasAreRefused) {
  TrainConfig config;
  config.freeze.text_layers = 13;
  EXPECT_EQ(freeze_options(config, 13).text_layers, 13);
  EXPECT_THROW(freeze_options(config, 12), Error);
}

TEST(InitialModel, GoesOnFromAReleasedFile) {
  const TemporaryFolder folder;
  const std::string ours = saved_model(folder, 4), released = folder / "released.pth";
  TVTS_RUN_SCRIPT("tests/train/loop/make_pth.py", {ours, released});
  TrainConfig config = config_from(released, "keep", true);
  config.model = folder.add("model.json", config_to_json(tiny_config()));
  const Tensors expected = read_tensors(ours);
  for (const auto& [name, value] : weights_of(initial_model_from(config).model)) {
    EXPECT_TRUE(at::equal(value, expected.at(name))) << name;
  }
}

}  // namespace
}  // namespace tvts::test

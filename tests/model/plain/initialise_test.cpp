#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"

namespace tvts::test {
namespace {

// The first draws of the stream "init/video_model.proj" of seed 7, scaled to a deviation of 32^-0.5.
constexpr float kFirstDraws[] = {-0.01020893646F, -0.20394062259F};

std::map<std::string, at::Tensor> parameters(const DualEncoder& model) {
  const auto all = named_parameters(model);
  return {all.begin(), all.end()};
}

TEST(Initialise, ASeedGivesTheSameWeightsAgainAndAnotherSeedOthers) {
  const auto first = parameters(tiny_model()), again = parameters(tiny_model());
  DualEncoder other_model = make_dual_encoder(tiny_config());
  initialise(other_model, 8, TemporalStart::kRandom);
  const auto other = parameters(other_model);
  for (const auto& [name, tensor] : first) EXPECT_TRUE(tensor.equal(again.at(name))) << name;
  EXPECT_FALSE(first.at("video_model.proj").equal(other.at("video_model.proj")));
}

TEST(Initialise, FirstDrawsAreTheSameOnEveryMachine) {
  const auto model = parameters(tiny_model());
  const float* values = model.at("video_model.proj").const_data_ptr<float>();
  EXPECT_FLOAT_EQ(values[0], kFirstDraws[0]);
  EXPECT_FLOAT_EQ(values[1], kFirstDraws[1]);
}

TEST(Initialise, ZeroTemporalStartAddsNothingToTheStream) {
  const DualEncoder model = tiny_model(ModelKind::kB, TemporalStart::kZero);
  const auto all = parameters(model);
  EXPECT_EQ(all.at("video_model.transformer.resblocks.0.timeattn.qkv.weight").abs().max().item<float>(), 0);
  EXPECT_EQ(all.at("video_model.transformer.resblocks.0.timeattn.proj.weight").min().item<float>(), 1);
  EXPECT_EQ(all.at("video_model.transformer.resblocks.0.timeattn.proj.bias").abs().max().item<float>(), 0);
}

TEST(Initialise, QuietTemporalStartAddsNothingAndDrawsItsQueries) {
  const auto all = parameters(tiny_model(ModelKind::kB, TemporalStart::kQuiet));
  EXPECT_EQ(all.at("video_model.transformer.resblocks.0.timeattn.proj.weight").abs().max().item<float>(), 0);
  EXPECT_EQ(all.at("video_model.transformer.resblocks.0.timeattn.proj.bias").abs().max().item<float>(), 0);
  EXPECT_GT(all.at("video_model.transformer.resblocks.0.timeattn.qkv.weight").std().item<float>(), 0);
}

TEST(Initialise, APositionDeviationIsThatOfPositionsAndTimesAlone) {
  DualEncoder model = make_dual_encoder(tiny_config());
  initialise(model, 7, TemporalStart::kRandom);
  const at::Tensor projection = parameters(model).at("video_model.proj").clone();
  initialise(model, 7, TemporalStart::kRandom, 0.5);
  const auto all = parameters(model);
  EXPECT_NEAR(all.at("video_model.positional_embedding").std().item<double>(), 0.5, 0.1);
  EXPECT_NEAR(all.at("video_model.temporal_embedding").std().item<double>(), 0.5, 0.1);
  EXPECT_TRUE(at::equal(all.at("video_model.proj"), projection));
}

TEST(Initialise, NormsStartAtOneAndZero) {
  const auto all = parameters(tiny_model());
  EXPECT_EQ(all.at("video_model.transformer.resblocks.1.ln_3.weight").min().item<float>(), 1);
  EXPECT_EQ(all.at("text_ln_final.bias").abs().max().item<float>(), 0);
}

TEST(Initialise, TheSortHeadStartsAsLinearLayersDo) {
  DualEncoder model = make_dual_encoder(tiny_config());
  model.sort_head = SortHead(24, 4);
  initialise(model, 7, TemporalStart::kRandom);
  const auto all = parameters(model);
  const at::Tensor weight = all.at("pred_model.blocks.0.attn.qkv.weight");
  EXPECT_GT(weight.std().item<double>(), 0.5 / std::sqrt(3 * 24.0));
  EXPECT_LE(weight.abs().max().item<double>(), 1 / std::sqrt(24.0));
  EXPECT_EQ(all.at("pred_model.norm.weight").min().item<float>(), 1);
  EXPECT_EQ(all.at("pred_model.type_embed").abs().max().item<float>(), 0);
}

}  // namespace
}  // namespace tvts::test

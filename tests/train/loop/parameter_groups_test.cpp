#include "tvts/train/loop/parameter_groups.h"

#include <gtest/gtest.h>

#include "tvts/train/loop/resolve.h"

namespace tvts::test {
namespace {

std::string group(const std::string& name, const FreezeOptions& freeze) {
  return to_string(parameter_group(name, freeze));
}

TEST(ParameterGroups, TheFirstTextBlocksAreFrozen) {
  const FreezeOptions freeze = {.text_layers = 9};
  EXPECT_EQ(group("text_model.resblocks.8.mlp.c_fc.weight", freeze), "frozen");
  EXPECT_EQ(group("text_model.resblocks.9.mlp.c_fc.weight", freeze), "decay_clip");
  EXPECT_EQ(group("text_model.resblocks.10.ln_1.weight", freeze), "no_decay_clip");
}

TEST(ParameterGroups, NoBlockIsFrozenAtDepthNone) {
  EXPECT_EQ(group("text_model.resblocks.0.mlp.c_fc.weight", {.text_layers = 0}), "decay_clip");
}

TEST(ParameterGroups, EveryBlockIsFrozenAtDepthAllAndTheEmbeddingsTrain) {
  const FreezeOptions freeze = {.text_layers = 12};
  EXPECT_EQ(group("text_model.resblocks.11.attn.out_proj.bias", freeze), "frozen");
  EXPECT_EQ(group("text_token_embedding.weight", freeze), "decay_clip");
  EXPECT_EQ(group("text_projection", freeze), "decay_clip");
}

TEST(ParameterGroups, EmbeddingsAreFrozenWhenAsked) {
  const FreezeOptions freeze = {.text_layers = 12, .text_embeddings = true};
  EXPECT_EQ(group("text_token_embedding.weight", freeze), "frozen");
  EXPECT_EQ(group("text_positional_embedding", freeze), "frozen");
  EXPECT_EQ(group("text_projection", freeze), "decay_clip");
  EXPECT_EQ(group("text_ln_final.weight", freeze), "no_decay_clip");
}

TEST(ParameterGroups, WhatIsAddedToClipTakesTheNewRate) {
  EXPECT_EQ(group("video_model.transformer.resblocks.3.timeattn.qkv.weight", {}), "decay_new");
  EXPECT_EQ(group("video_model.transformer.resblocks.3.ln_3.bias", {}), "no_decay_new");
  EXPECT_EQ(group("pred_model.blocks.0.mlp.fc1.weight", {}), "decay_new");
  EXPECT_EQ(group("video_model.temporal_embedding", {}), "decay_clip");
}

TEST(FreezeOptions, ThreeQuartersUnlessTheConfigSaysHowMany) {
  TrainConfig config;
  EXPECT_EQ(freeze_options(config, 12).text_layers, 9);
  EXPECT_EQ(freeze_options(config, 24).text_layers, 18);
  config.freeze.text_layers = 0;
  EXPECT_EQ(freeze_options(config, 12).text_layers, 0);
}

TEST(FreezeOptions, TheStageImageTextFreezesNothing) {
  TrainConfig config;
  config.stage = "image-text";
  config.freeze = {.text_layers = 12, .text_embeddings = true};
  EXPECT_EQ(freeze_options(config, 12).text_layers, 0);
  EXPECT_FALSE(freeze_options(config, 12).text_embeddings);
}

}  // namespace
}  // namespace tvts::test

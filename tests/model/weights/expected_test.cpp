#include "tvts/model/weights/expected.h"

#include <gtest/gtest.h>

#include <map>

namespace tvts {
namespace {

std::map<std::string, InitRule> fresh_rules(const FreshStart& start) {
  const ModelConfig config = named_model("ViT-B-32");
  std::map<std::string, InitRule> rules;
  for (const ExpectedTensor& tensor : expected_tensors(config)) {
    const bool is_fresh = tensor.name.find("timeattn") != std::string::npos ||
                          tensor.name.find("ln_3") != std::string::npos ||
                          tensor.name.find("temporal") != std::string::npos;
    if (is_fresh) rules[tensor.name] = fresh_start(tensor, config, start);
  }
  return rules;
}

TEST(Expected, HasAsManyNumbersAsTheConfigCounts) {
  for (const std::string& name : model_names()) {
    const ModelConfig config = named_model(name);
    int64_t count = 0;
    for (const ExpectedTensor& tensor : expected_tensors(config)) count += element_count(tensor.shape);
    EXPECT_EQ(count, count_parameters(config).total()) << name;
  }
}

TEST(Expected, TemporalAttentionStartsAtZeroWithGradientsThatFlow) {
  const auto rules = fresh_rules({});
  const std::string block = "video_model.transformer.resblocks.0.";
  EXPECT_EQ(rules.at(block + "timeattn.qkv.weight").init, Init::kZeros);
  EXPECT_EQ(rules.at(block + "timeattn.proj.weight").init, Init::kOnes);
  EXPECT_EQ(rules.at(block + "timeattn.proj.bias").init, Init::kZeros);
  EXPECT_EQ(rules.at(block + "ln_3.weight").init, Init::kOnes);
  EXPECT_EQ(rules.at("video_model.temporal_embedding").init, Init::kZeros);
}

TEST(Expected, TrainingStartsTheTemporalEmbeddingAsNoise) {
  const InitRule rule = fresh_rules({.for_training = true}).at("video_model.temporal_embedding");
  EXPECT_EQ(rule.init, Init::kNormal);
  EXPECT_NEAR(rule.scale * rule.scale * 768, 1, 1e-12);
}

TEST(Expected, TheRandomStartIsThatOfALinear) {
  const auto rules = fresh_rules({.random_temporal = true});
  const InitRule rule = rules.at("video_model.transformer.resblocks.3.timeattn.qkv.bias");
  EXPECT_EQ(rule.init, Init::kUniform);
  EXPECT_NEAR(rule.scale * rule.scale * 768, 1, 1e-12);
}

TEST(Expected, TheSortHeadHasOneClassForEachSegment) {
  const auto head = expected_sort_head(named_model("ViT-B-32"), 6);
  EXPECT_EQ(head.back(), (ExpectedTensor{"pred_model.head.bias", {6}}));
}

}  // namespace
}  // namespace tvts

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/model/weights/made_files.h"
#include "tests/support/golden_folder.h"
#include "tvts/model/weights/expected.h"
#include "tvts/model/weights/model_state.h"

namespace tvts {
namespace {

using Json = nlohmann::ordered_json;

Json golden_json(const std::string& name) { return Json::parse(std::ifstream(test::golden_file(name))); }

ModelConfig published(const std::string& golden_name) {
  std::string name = "ViT-" + golden_name;
  std::replace(name.begin(), name.end(), '_', '-');
  return named_model(name);
}

TEST(Golden, TheExpectedTensorsAreThePublishedOnesInTheirOrder) {
  TVTS_NEEDS_GOLDEN("full_size_names.json");
  const Json models = golden_json("full_size_names.json");
  for (const auto& [model, facts] : models.items()) {
    std::vector<ExpectedTensor> ours = expected_tensors(published(model));
    EXPECT_EQ(ours.size(), facts.at("released_count").get<std::size_t>()) << model;
    for (ExpectedTensor& tensor : expected_sort_head(published(model), 4)) ours.push_back(tensor);
    std::vector<ExpectedTensor> theirs;
    for (const Json& tensor : facts.at("parameters"))
      theirs.push_back({tensor.at("name"), tensor.at("shape").get<Shape>()});
    ASSERT_EQ(ours.size(), theirs.size()) << model;
    for (std::size_t i = 0; i < ours.size(); ++i)
      EXPECT_EQ(ours[i], theirs[i]) << ours[i].name << " " << theirs[i].name;
  }
}

TEST(Golden, FullSizeFilesAreTheModelsTheyAre) {
  TVTS_NEEDS_GOLDEN("full_size_names.json");
  const std::string folder = test::made_files(test::whole_golden_dir());
  TVTS_NEEDS_MADE_FILES(folder);
  const Json models = golden_json("full_size_names.json");
  for (const auto& [model, facts] : models.items()) {
    const ModelState state = open_model_state(folder + "/" + model + ".pth", {}, {.keep_sort_head = true});
    EXPECT_EQ(state.spec.config, published(model)) << model;
    EXPECT_EQ(state.spec.preprocess, Preprocess::kTvtsv2Eval);
    EXPECT_EQ(state.spec.tokenizer.special_tokens, default_special_tokens(published(model).kind));
    EXPECT_EQ(state.entries.size(), facts.at("parameters").size()) << model;
  }
}

std::string said(const StateEntry& entry, int64_t width) {
  if (entry.init() == nullptr) return entry.from.at(0);
  const InitRule rule = *entry.init();
  switch (rule.init) {
    case Init::kZeros: return "zeros";
    case Init::kOnes: return "ones";
    case Init::kNormal:
      EXPECT_NEAR(rule.scale * rule.scale * static_cast<double>(width), 1, 1e-9);
      return "normal, mean 0, standard deviation width**-0.5";
    case Init::kUniform: return "uniform within +-fan_in**-0.5 (default of a linear layer)";
  }
  return "";
}

void expect_conversion(const std::string& file, const std::string& kind) {
  TVTS_NEEDS_GOLDEN("clip_convert.json");
  const Json golden = golden_json("clip_convert.json").at(kind);
  const ModelState state = open_model_state(test::golden_file(file), {}, {.for_training = true});
  const Json& out = golden.at("out");
  ASSERT_EQ(state.entries.size(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const StateEntry& entry = state.entries[i];
    EXPECT_EQ(entry.name, out[i].at("name").get<std::string>());
    EXPECT_EQ(entry.shape, out[i].at("shape").get<Shape>());
    const std::string key = entry.init() != nullptr ? "init" : "from";
    EXPECT_EQ(said(entry, golden.at("width").get<int64_t>()), out[i].value(key, "")) << entry.name;
  }
}

TEST(Golden, AnOpenAiClipConvertsAsPublished) { expect_conversion("clip_b_in.safetensors", "B"); }

TEST(Golden, AnOpenClipConvertsAsPublished) { expect_conversion("clip_h_in.safetensors", "H"); }

TEST(Golden, TheKindAndActivationOfAClipFollowItsOrigin) {
  TVTS_NEEDS_GOLDEN("clip_convert.json");
  const ModelConfig b = open_model_state(test::golden_file("clip_b_in.safetensors"), {}).spec.config;
  const ModelConfig h = open_model_state(test::golden_file("clip_h_in.safetensors"), {}).spec.config;
  EXPECT_EQ(b.kind, ModelKind::kB);
  EXPECT_EQ(b.activation, Activation::kQuickGelu);
  EXPECT_EQ(h.kind, ModelKind::kH);
  EXPECT_EQ(h.activation, Activation::kGelu);
}

}  // namespace
}  // namespace tvts

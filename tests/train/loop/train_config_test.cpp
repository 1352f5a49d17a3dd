#include "tvts/train/loop/train_config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/temporary_folder.h"

#include "tvts/core/error.h"

namespace tvts::test {
namespace {

nlohmann::json least() {
  return nlohmann::json::parse(R"({"output": "out", "model": "ViT-B-32",
    "corpora": [{"name": "alt", "form": "table", "list": "list.csv", "batch": 8}]})");
}

// What train_config_from_json says of the least config with `patch` merged in; "" when it takes it.
std::string error_with(const char* patch) {
  nlohmann::json json = least();
  json.merge_patch(nlohmann::json::parse(patch));
  try {
    train_config_from_json(json.dump(), "run.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(TrainConfig, DefaultsAreThePaperValues) {
  const TrainConfig config = train_config_from_json(least().dump(), "run.json");
  EXPECT_EQ(config.epochs, 10);
  EXPECT_EQ(config.objective.temperature, 0.05);
  EXPECT_EQ(config.objective.sorting_weight, 2);
  EXPECT_EQ(config.optimizer.rate_new, 1e-4);
  EXPECT_EQ(config.optimizer.rate_clip, 1e-7);
  EXPECT_EQ(config.optimizer.milestones, (std::vector<int64_t>{6, 8}));
}

TEST(TrainConfig, WrittenAndReadIsTheSame) {
  TrainConfig config = train_config_from_json(least().dump(), "run.json");
  config.objective.mask_ratio = 0.7;
  config.optimizer.milestones = {1};
  config.corpora.push_back(
      {.name = "told", .form = "yt-temporal", .list = "l", .segments = 4, .batch = 2, .sorting = "transcripts"});
  const std::string written = train_config_to_json(config);
  EXPECT_EQ(train_config_to_json(train_config_from_json(written, "again")), written);
}

TEST(TrainConfig, UnknownKeysNameTheNearest) {
  EXPECT_EQ(error_with(R"({"epoch": 3})"), "run.json: unknown key 'epoch'; the nearest one is 'epochs'");
  EXPECT_EQ(error_with(R"({"objective": {"temprature": 1}})"),
            "run.json: unknown key 'objective.temprature'; the nearest one is 'objective.temperature'");
  EXPECT_EQ(error_with(R"({"corpora": [{"name": "a", "batchsize": 4}]})"),
            "run.json: corpora[0]: unknown key 'batchsize'; the nearest one is 'batch'");
}

TEST(TrainConfig, WrongValuesNameTheKeyAndWhatIsExpected) {
  EXPECT_EQ(error_with(R"({"objective": {"mask_ratio": 1}})"), "run.json: objective.mask_ratio should be in [0, 1)");
  EXPECT_EQ(error_with(R"({"precision": "fp16"})"), "run.json: precision is 'fp16'; expected one of auto, fp32, bf16");
  EXPECT_EQ(error_with(R"({"epochs": 0})"), "run.json: epochs should be 1 to 1000000");
  EXPECT_EQ(error_with(R"({"corpora": []})"), "run.json: corpora should be a list of at least one corpus");
  EXPECT_EQ(error_with(R"({"epochs": 1.5})"), "run.json: epochs: it should be a whole number");
}

TEST(TrainConfig, ContradictionsAreRefused) {
  const char* const kSortedAlone = R"({"stage": "image-text", "corpora":
      [{"name": "a", "form": "table", "list": "l", "batch": 8, "sorting": "clips"}]})";
  EXPECT_NE(error_with(kSortedAlone).find("sorting needs frames that are encoded together"), std::string::npos);
  EXPECT_NE(error_with(R"({"stage": "image-text", "objective": {"mask_ratio": 0.5}})"), "");
  EXPECT_NE(error_with(R"({"corpora": [{"name": "a", "form": "table", "list": "l", "batch": 8,
      "sorting": "transcripts"}]})"),
            "");
}

// What would be passed over in silence is refused, with the key that says it.
TEST(TrainConfig, WhatARunWouldNotDoIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"preprocess": "imagenet"})", "preprocess is 'imagenet'; expected one of tvtsv2-eval, tvtsv2-extract, clip"},
      {R"({"stage": "image-text", "temporal_start": "keep"})", "temporal_start should be zero in the stage image-text"},
      {R"({"stage": "image-text", "freeze": {"text_layers": 3}})", "freeze should be left out in the stage image-text"},
      {R"({"stage": "image-text", "freeze": {"text_embeddings": true}})",
       "freeze should be left out in the stage image-text"},
      {R"({"start": "m", "temporal_start": "keep", "position_deviation": 0.4})",
       "position_deviation should be left out"},
      {R"({"optimizer": {"schedule": "cosine", "milestones": [3]}})", "optimizer.milestones and factor should be left"},
      {R"({"optimizer": {"schedule": "cosine", "factor": 0.5}})", "optimizer.milestones and factor should be left out"},
      {R"({"optimizer": {"milestones": [8, 6]}})",
       "optimizer.milestones should be epochs of 1 or more, in their order"},
      {R"({"optimizer": {"milestones": [0]}})", "optimizer.milestones should be epochs of 1 or more"},
      {R"({"notice": "two\nlines"})", "notice should be one line of at most 500 bytes"},
      {R"({"validation": {"every_steps": 4}})", "validation.list should be given"},
      {R"({"validation": {"form": "shards", "list": "0.tar", "root": "r"}})", "validation.root should be left out"},
      {R"({"validation": {"form": "webvid", "list": "l", "segments": 4}})",
       "validation.segments should be 1 for the form"},
      {R"({"validation": {"form": "films", "list": "l"}})", "validation.form is 'films'"},
      {R"({"corpora": [{"name": "a", "form": "shards", "list": "l", "root": "r", "batch": 8}]})",
       "root should be left"},
      {R"({"corpora": [{"name": "a", "form": "webvid", "list": "l", "segments": 4, "batch": 8}]})",
       "segments should be 1 for the form webvid"},
      {R"({"corpora": [{"name": "a", "form": "table", "list": "l", "batch": 8, "block": 3}]})",
       "a divisor of the batch"},
      {R"({"corpora": [{"name": "a", "form": "table", "list": "l", "batch": 8},
                       {"name": "a", "form": "table", "list": "m", "batch": 8}]})",
       "corpora[1]: name should be another than 'a'"},
      {R"({"optimizer.rate_new": 1})", "unknown key 'optimizer.rate_new'"},
      {R"({"optimiser": {}})", "unknown key 'optimiser'"}};
  for (const auto& [patch, expected] : cases) {
    const std::string error = error_with(patch);
    EXPECT_NE(error.find(expected), std::string::npos) << patch << "\n" << error;
  }
}

TEST(TrainConfig, AKeyThatIsGivenTwiceIsRefused) {
  EXPECT_THROW(train_config_from_json(R"({"output": "o", "model": "ViT-B-32", "epochs": 3, "epochs": 5})", "c"), Error);
}

TEST(TrainConfig, AValueThatIsRefusedIsAMistakeOfUse) {
  nlohmann::json json = least();
  json["epochs"] = 0;
  try {
    train_config_from_json(json.dump(), "run.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  }
}

TEST(TrainConfig, EveryRecipeIsValid) {
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TVTS_SOURCE_DIR "/configs/train")) {
    if (entry.path().extension() != ".json") continue;
    EXPECT_NO_THROW(read_train_config(entry.path())) << entry.path();
    ++found;
  }
  EXPECT_GE(found, 3);
}

// The page has a row for each key: "| `key` |".
TEST(TrainConfig, ThePageDescribesEveryKey) {
  const std::string page = read_text(TVTS_SOURCE_DIR "/docs/pretraining.md");
  const auto expect_described = [&](const std::string& key, const auto&) {
    EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << key;
  };
  const TrainConfig config;
  visit_fields(config, expect_described);
  const CorpusConfig corpus;
  visit_fields(corpus, [&](const std::string& key, const auto& value) { expect_described("corpora[]." + key, value); });
}

}  // namespace
}  // namespace tvts::test

#include "tvts/train/loop/run_folder.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

TrainConfig config_for(const std::string& output) {
  TrainConfig config;
  config.output = output;
  config.model = "ViT-B-32";
  config.corpora = {{.name = "alt", .form = "table", .list = "list.csv", .batch = 8}};
  return config;
}

TEST(RunFolder, KeepsTheResolvedConfigAndTheVersion) {
  const TemporaryFolder folder;
  const TrainConfig config = config_for(folder / "run");
  RunFolder(config.output).claim(config, "1.2 abc");
  const std::string written = read_text(folder / "run/config.json");
  EXPECT_NE(written.find("\"version\": \"1.2 abc\""), std::string::npos);
  EXPECT_NE(written.find("\"rate_clip\": 1e-07"), std::string::npos);
}

TEST(RunFolder, TheSameRunIsTakenUpAgain) {
  const TemporaryFolder folder;
  TrainConfig config = config_for(folder / "run");
  RunFolder(config.output).claim(config, "1.2");
  config.device = "cuda";
  config.checkpoint.keep = 9;
  config.data.workers = 4;
  EXPECT_NO_THROW(RunFolder(config.output).claim(config, "1.3"));
}

TEST(RunFolder, AKeyThatTheConfigOfAnEarlierVersionLacksHasItsDefault) {
  const TemporaryFolder folder;
  TrainConfig config = config_for(folder / "run");
  RunFolder(config.output).claim(config, "1.2");
  const std::string written = read_text(folder / "run/config.json"), key = "  \"preprocess\": \"tvtsv2-eval\",\n";
  ASSERT_NE(written.find(key), std::string::npos);
  folder.add("run/config.json", std::string(written).replace(written.find(key), key.size(), ""));
  EXPECT_NO_THROW(RunFolder(config.output).claim(config, "1.3"));
  folder.add("run/config.json", std::string(written).replace(written.find(key), key.size(), ""));
  config.preprocess = "clip";
  EXPECT_THROW(RunFolder(config.output).claim(config, "1.3"), Error);
}

TEST(RunFolder, AnotherRunIsRefusedWithTheKeyThatDiffers) {
  const TemporaryFolder folder;
  TrainConfig config = config_for(folder / "run");
  RunFolder(config.output).claim(config, "1.2");
  config.objective.mask_ratio = 0.5;
  try {
    RunFolder(config.output).claim(config, "1.2");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("objective"), std::string::npos);
  }
}

TEST(RunFolder, IsOfOneProcessAtATime) {
  const TemporaryFolder folder;
  const TrainConfig config = config_for(folder / "run");
  {
    const FolderLock first = RunFolder(config.output).claim(config, "1.2");
    try {
      RunFolder(config.output).claim(config, "1.2");
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kFailed);
      EXPECT_EQ(std::string(error.what()),
                "another process is writing the run " + config.output + "; wait until it has ended");
    }
  }
  EXPECT_NO_THROW(RunFolder(config.output).claim(config, "1.2"));
}

TEST(RunFolder, AFolderOfOtherThingsIsRefusedAndLeftAlone) {
  const TemporaryFolder folder;
  const TrainConfig config = config_for(folder / "photos");
  folder.add("photos/cat.jpg", "precious");
  try {
    RunFolder(config.output).claim(config, "1.2");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("cat.jpg"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "photos/_lock"));
}

TEST(RunFolder, WhatAStartThatWasKilledLeavesIsNoOtherThing) {
  const TemporaryFolder folder;
  const TrainConfig config = config_for(folder / "run");
  folder.add("run/_lock");
  folder.add("run/config.json.4194305.part", "half");
  EXPECT_NO_THROW(RunFolder(config.output).claim(config, "1.2"));
}

TEST(RunFolder, ADamagedConfigIsAnErrorThatSaysWhatToDo) {
  const TemporaryFolder folder;
  const TrainConfig config = config_for(folder / "run");
  RunFolder(config.output).claim(config, "1.2");
  const std::string whole = read_text(folder / "run/config.json");
  for (const std::string& content : {std::string(), whole.substr(0, whole.size() / 2)}) {
    folder.add("run/config.json", content);
    try {
      RunFolder(config.output).claim(config, "1.2");
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      EXPECT_NE(std::string(error.what()).find("run/config.json: "), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("put a copy of the file back"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace tvts::test

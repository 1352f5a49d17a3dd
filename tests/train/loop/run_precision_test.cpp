#include "tvts/train/loop/run_precision.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/train/loop/thread_ranks.h"
#include "tvts/model/runtime/bfloat16_hardware.h"
#include "tvts/train/loop/run_folder.h"

namespace tvts::test {
namespace {

TrainConfig config_in(const std::string& precision, const std::string& output) {
  TrainConfig config;
  config.output = output;
  config.model = "ViT-B-32";
  config.precision = precision;
  return config;
}

std::string precision_of(const TrainConfig& config) {
  Collective alone;
  return with_precision(config, alone).precision;
}

TEST(RunPrecision, WhatIsStatedStays) {
  const TemporaryFolder folder;
  for (const char* stated : {"fp32", "bf16"}) EXPECT_EQ(precision_of(config_in(stated, folder / "run")), stated);
}

TEST(RunPrecision, AutoIsBf16WhereTheCpuHasItAndFp32Elsewhere) {
  const TemporaryFolder folder;
  EXPECT_EQ(precision_of(config_in("auto", folder / "run")), has_bfloat16_hardware() ? "bf16" : "fp32");
}

// So a run that is resumed on another machine keeps its precision.
TEST(RunPrecision, AutoKeepsWhatTheRunWasBegunWith) {
  const TemporaryFolder folder;
  for (const char* begun : {"fp32", "bf16"}) {
    const std::string output = folder / begun;
    RunFolder(output).claim(config_in(begun, output), "1.2");
    const TrainConfig resumed = config_in("auto", output);
    EXPECT_EQ(precision_of(resumed), begun);
    Collective alone;
    EXPECT_NO_THROW(RunFolder(output).claim(with_precision(resumed, alone), "1.2"));
  }
}

TEST(RunPrecision, RankZeroDecidesForAll) {
  const TemporaryFolder folder;
  const std::string theirs = has_bfloat16_hardware() ? "fp32" : "bf16";  // what no rank would choose by itself
  RunFolder(folder / "rank0").claim(config_in(theirs, folder / "rank0"), "1.2");
  ThreadRanks(2).run([&](Collective& collective) {
    const std::string output = folder / ("rank" + std::to_string(collective.rank()));
    EXPECT_EQ(with_precision(config_in("auto", output), collective).precision, theirs) << collective.rank();
  });
}

}  // namespace
}  // namespace tvts::test

#include "tvts/train/loop/run_state.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

// A model with moments, and the folder that its checkpoints go to.
class RunStateTest : public testing::Test {
 protected:
  RunStateTest() : model_(tiny_model()), optimizer_(model_, {.text_layers = 1}, {}) { take_step(); }

  void take_step() {
    for (TrainedParameter& parameter : optimizer_.parameters()) {
      parameter.value.mutable_grad() = at::full_like(parameter.value, 0.5);
    }
    optimizer_.step(1, replicas_);
  }

  std::string save(int64_t step, int64_t keep = 3) {
    ModelSpec spec;
    spec.config = model_.config;
    return save_checkpoint(folder_.path(), model_, spec, optimizer_, "{}\n", {.step = step, .clips = 8 * step}, keep);
  }

  std::string error_of_loading(const std::string& checkpoint) {
    try {
      load_checkpoint(checkpoint, Preprocess::kTvtsv2Eval, model_, optimizer_);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  DualEncoder model_;
  Optimizer optimizer_;
  Replicas replicas_{1};
};

TEST_F(RunStateTest, LoadedGoesOnAsIfNeverStopped) {
  const std::string checkpoint = save(5);
  DualEncoder other = tiny_model();
  Optimizer resumed(other, {.text_layers = 1}, {});
  const RunState state = load_checkpoint(checkpoint, Preprocess::kTvtsv2Eval, other, resumed);
  EXPECT_EQ(state.step, 5);
  EXPECT_EQ(state.clips, 40);
  take_step();
  for (TrainedParameter& parameter : resumed.parameters()) {
    parameter.value.mutable_grad() = at::full_like(parameter.value, 0.5);
  }
  resumed.step(1, replicas_);
  const auto expected = named_parameters(model_), found = named_parameters(other);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(at::equal(expected[i].second, found[i].second)) << expected[i].first;
  }
}

TEST_F(RunStateTest, NoFolderIsNoCheckpoint) { EXPECT_FALSE(newest_checkpoint(folder_ / "absent")); }

TEST_F(RunStateTest, AnUnfinishedFolderIsIgnored) {
  const std::string whole = save(5);
  fs::copy(whole, folder_ / "step_00000009.unfinished");
  EXPECT_EQ(newest_checkpoint(folder_.path()), whole);
}

TEST_F(RunStateTest, TheLastNAreKept) {
  for (const int64_t step : {1, 2, 10, 11}) save(step, 2);
  EXPECT_FALSE(fs::exists(folder_ / "step_00000002"));
  EXPECT_TRUE(fs::exists(folder_ / "step_00000010"));
  EXPECT_EQ(newest_checkpoint(folder_.path()), folder_ / "step_00000011");
}

TEST_F(RunStateTest, HoldsTheConfigOfItsRun) { EXPECT_EQ(read_text(save(1) + "/config.json"), "{}\n"); }

TEST_F(RunStateTest, ADamagedFileIsAnErrorThatNamesIt) {
  for (const char* name : {"/model.safetensors", "/optimizer.safetensors", "/state.json"}) {
    const std::string checkpoint = save(5);
    fs::resize_file(checkpoint + name, fs::file_size(checkpoint + name) / 2);
    EXPECT_NE(error_of_loading(checkpoint).find(checkpoint + name), std::string::npos) << name;
  }
}

TEST_F(RunStateTest, AMissingFileIsAnErrorThatNamesIt) {
  const std::string checkpoint = save(5);
  fs::remove(checkpoint + "/optimizer.safetensors");
  EXPECT_NE(error_of_loading(checkpoint).find("optimizer.safetensors"), std::string::npos);
}

TEST_F(RunStateTest, ACheckpointOfAnotherModelIsRefused) {
  const std::string checkpoint = save(5);
  ModelConfig config = tiny_config();
  config.video.width = 48;
  model_ = make_dual_encoder(config);
  EXPECT_NE(error_of_loading(checkpoint).find("has the shape"), std::string::npos);
}

}  // namespace
}  // namespace tvts::test

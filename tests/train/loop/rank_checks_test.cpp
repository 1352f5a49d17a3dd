// The checks between ranks before they train, as threads of this process.
#include "tvts/train/loop/rank_checks.h"

#include <gtest/gtest.h>

#include "tests/support/error_text.h"
#include "tests/train/loop/thread_ranks.h"
#include "tests/train/loop/tiny_run.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/train/loop/initial_model.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class RankChecks : public testing::Test {
 protected:
  static void SetUpTestSuite() { set_log_level(LogLevel::kError); }

  // A model file of random weights, from a seed.
  std::string start_file(const std::string& name, int64_t seed) {
    TrainConfig config = data_.captions();
    config.seed = seed;
    const InitialModel initial = initial_model(config, TVTS_VOCABULARY);
    save_model(data_ / name, initial.model, initial.spec);
    return data_ / name;
  }

  TinyRun data_;
};

struct RankEnd {
  int exit_code = 0;
  std::string error;
};

// How the ranks end that train with these configs and versions of the code, one each.
std::vector<RankEnd> train_together(const std::vector<TrainConfig>& configs, std::vector<std::string> versions = {}) {
  versions.resize(configs.size(), "test");
  std::vector<RankEnd> ends(configs.size());
  ThreadRanks(static_cast<int64_t>(configs.size())).run([&](Collective& collective) {
    at::set_num_threads(1);
    const auto rank = static_cast<std::size_t>(collective.rank());
    try {
      train(configs[rank], {.vocabulary_path = TVTS_VOCABULARY, .code_version = versions[rank]}, collective, {});
    } catch (const Error& error) {
      ends[rank] = {error.exit_code(), error.what()};
    }
  });
  return ends;
}

void expect_all_refuse(const std::vector<RankEnd>& ends, int exit_code, const std::string& reason) {
  for (const RankEnd& end : ends) {
    EXPECT_EQ(end.exit_code, exit_code) << end.error;
    EXPECT_NE(end.error.find(reason), std::string::npos) << end.error;
  }
}

TEST_F(RankChecks, AnotherConfigIsRefusedByTheFirstKeyThatDiffers) {
  const TrainConfig own = data_.captions();
  TrainConfig other = own;
  other.seed = 9;
  other.corpora[0].batch = 4;
  expect_all_refuse(train_together({own, other}), 2, "seed is 5 on rank 0 and 9 on rank 1");
  other.seed = own.seed;
  expect_all_refuse(train_together({own, other}), 2, "corpora[0].batch is 6 on rank 0 and 4 on rank 1");
  other = own;
  other.objective.temperature = 0.5;
  expect_all_refuse(train_together({own, own, other}), 2, "objective.temperature is 0.05 on rank 0 and 0.5 on rank 2");
  other = own;
  other.corpora.push_back(other.corpora[0]);
  expect_all_refuse(train_together({own, other}), 2, "corpora is ");
  EXPECT_FALSE(fs::exists(own.output));
}

TEST_F(RankChecks, AnotherOutputFolderIsRefused) {
  expect_all_refuse(train_together({data_.captions("a"), data_.captions("b")}), 2, "output is ");
}

TEST_F(RankChecks, AnotherVersionOfTheCodeIsRefused) {
  const TrainConfig config = data_.captions();
  expect_all_refuse(train_together({config, config}, {"0.1 abc", "0.1 def"}), 2,
                    "version is \"0.1 abc\" on rank 0 and \"0.1 def\" on rank 1");
}

TEST_F(RankChecks, WhereARankComputesAndReadsMayDiffer) {
  TrainConfig own = data_.captions(), other = own;
  own.epochs = other.epochs = 1;
  own.data.workers = 2;
  other.device = "cpu:0";
  other.data.cache = data_ / "cache";
  for (const RankEnd& end : train_together({own, other})) EXPECT_EQ(end.exit_code, 0) << end.error;
}

TEST_F(RankChecks, TheStartIsComparedByItsContent) {
  TrainConfig own = data_.captions(), other = own;
  own.epochs = other.epochs = 1;
  own.model = other.model = "";
  own.start = start_file("own.safetensors", 1);
  other.start = start_file("other.safetensors", 2);
  expect_all_refuse(train_together({own, other}), 2, "start is \"SHA-256 ");
  other.start = start_file("copy.safetensors", 1);
  for (const RankEnd& end : train_together({own, other})) EXPECT_EQ(end.exit_code, 0) << end.error;
}

TEST_F(RankChecks, AStartThatOneRankCannotReadIsRefusedWithTheReason) {
  TrainConfig own = data_.captions(), other = own;
  own.start = start_file("own.safetensors", 1);
  other.start = data_ / "gone.safetensors";
  expect_all_refuse(train_together({own, other}), 2, "gone.safetensors");
}

TEST_F(RankChecks, ModelsOfOtherSizesAreRefused) {
  TrainConfig own = data_.captions(), other = own;
  std::string sizes = read_text(own.model);
  sizes.replace(sizes.find("\"embed_dim\": 16"), 15, "\"embed_dim\": 24");
  other.model = data_.folder().add("wider.json", sizes);
  expect_all_refuse(train_together({own, other}), 2, "model.embed_dim is 16 on rank 0 and 24 on rank 1");
}

TEST_F(RankChecks, OtherDataIsRefused) {
  ThreadRanks(2).run([&](Collective& collective) {
    const std::string error =
        error_text([&] { require_same_samples(data_.captions(), {6 + collective.rank()}, collective); });
    EXPECT_NE(error.find("corpus alt has 6 samples on rank 0 and 7 on rank 1"), std::string::npos) << error;
  });
}

TEST_F(RankChecks, AFolderOfAnotherRunIsToldToEveryRank) {
  TrainConfig config = data_.captions();
  config.epochs = 1;
  run_alone(config);
  config.seed = 6;
  expect_all_refuse(train_together({config, config}), 2, "seed is 5 there and 6 now");
}

TEST_F(RankChecks, ABatchThatDoesNotDivideAmongTheRanksIsRefusedBeforeAnythingIsWritten) {
  TrainConfig config = data_.captions();
  config.corpora[0].batch = 5;
  expect_all_refuse(train_together({config, config}), 4, "a batch of 5 clips does not divide among 2 ranks");
  EXPECT_FALSE(fs::exists(config.output));
}

}  // namespace
}  // namespace tvts::test

#include "lab/study/study_config.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tvts/train/loop/run_folder.h"

namespace tvts::test {
namespace {

const StudySetup kSetup = {.world = "w", .output = "o", .model = "m.json", .text_layers = 4, .steps = 100};

TEST(StudyConfig, EveryRunIsValid) {
  EXPECT_NO_THROW(validate(start_config(kSetup, 1), "start"));
  for (const Experiment& experiment : experiments(4)) {
    for (const StudyRow& row : experiment.rows) {
      if (!row.run) continue;
      EXPECT_NO_THROW(validate(run_config(kSetup, *row.run, 1), row.name));
    }
  }
}

TEST(StudyConfig, RunsOfASeedBeginWithItsStart) {
  const TrainConfig config = run_config(kSetup, {}, 7);
  EXPECT_EQ(config.start, start_config(kSetup, 7).output + "/model.safetensors");
  EXPECT_EQ(config.seed, 7);
}

TEST(StudyConfig, NoTunedLayerFreezesTheEmbeddingsToo) {
  const TrainConfig frozen = run_config(kSetup, {.tuned_layers = 0}, 1);
  EXPECT_EQ(frozen.freeze.text_layers, 4);
  EXPECT_TRUE(frozen.freeze.text_embeddings);
  const TrainConfig tuned = run_config(kSetup, {.tuned_layers = 3}, 1);
  EXPECT_EQ(tuned.freeze.text_layers, 1);
  EXPECT_FALSE(tuned.freeze.text_embeddings);
}

TEST(StudyConfig, SortingIsOfTheCorporaThatAreAskedFor) {
  const auto sorting_of = [](const StudyRun& run) {
    std::vector<std::string> sorting;
    for (const CorpusConfig& corpus : run_config(kSetup, run, 1).corpora) sorting.push_back(corpus.sorting);
    return sorting;
  };
  using Sortings = std::vector<std::string>;
  EXPECT_EQ(sorting_of({.sorting = Sorting::kNone}), (Sortings{"none", "none"}));
  EXPECT_EQ(sorting_of({.sorting = Sorting::kTranscripts}), (Sortings{"none", "transcripts"}));
  EXPECT_EQ(sorting_of({.sorting = Sorting::kTranscriptsAndAltTexts}), (Sortings{"clips", "transcripts"}));
  EXPECT_EQ(sorting_of({.alt_texts = false, .sorting = Sorting::kNone}), (Sortings{"none"}));
}

TEST(StudyConfig, OptionsOfTheRunReachTheTraining) {
  const TrainConfig config = run_config(kSetup, {.stop_gradient = false, .zero_start = false, .mask_ratio = 0.5}, 1);
  EXPECT_FALSE(config.objective.stop_gradient);
  EXPECT_EQ(config.temporal_start, "random");
  EXPECT_EQ(config.objective.mask_ratio, 0.5);
}

TEST(StudyConfig, AStudyGoesOnInThePrecisionOfItsRuns) {
  const TemporaryFolder folder;
  StudySetup setup = kSetup;
  setup.output = folder.path();
  EXPECT_EQ(start_config(with_precision_of_runs(setup), 1).precision, "auto");
  TrainConfig done = start_config(setup, 1);
  done.precision = "bf16";
  RunFolder(done.output).claim(done, "1.2");
  EXPECT_EQ(run_config(with_precision_of_runs(setup), {}, 2).precision, "bf16");
}

}  // namespace
}  // namespace tvts::test

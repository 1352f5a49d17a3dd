#include "lab/study/study_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tvts/core/error.h"

namespace tvts::test {
namespace {

const Experiment& experiment(const std::vector<Experiment>& all, const std::string& key) {
  return *std::ranges::find(all, key, &Experiment::key);
}

std::string run_of(const std::string& key, const std::string& row, int64_t text_layers = 4) {
  const auto all = experiments(text_layers);
  return std::ranges::find(experiment(all, key).rows, row, &StudyRow::name)->run_name();
}

TEST(StudyPlan, RowsOfTheSameOptionsAreOneRun) {
  EXPECT_EQ(run_of("table1", "M2-PF"), run_of("table5", "M_base"));
  EXPECT_EQ(run_of("table5", "M_ours"), run_of("table6", "zero"));
  EXPECT_EQ(run_of("table5", "M_ours"), run_of("figure3a", "0"));
  EXPECT_EQ(run_of("table5", "M_ours"), run_of("figure3b", "1"));
  EXPECT_EQ(run_of("table1", "CLIP"), kStartRun);
}

TEST(StudyPlan, RunsOfOtherOptionsHaveOtherNames) {
  std::vector<StudyRun> runs;
  std::set<std::string> names;
  for (const Experiment& experiment : experiments(4)) {
    for (const StudyRow& row : experiment.rows) {
      if (!row.run || std::ranges::find(runs, *row.run) != runs.end()) continue;
      runs.push_back(*row.run);
      names.insert(run_name(*row.run));
    }
  }
  EXPECT_EQ(runs.size(), names.size());
}

TEST(StudyPlan, EveryRunIsPlannedOnceAndTheStartFirst) {
  const std::vector<std::string> runs = planned_runs(experiments(4), {});
  EXPECT_EQ(runs.front(), kStartRun);
  EXPECT_EQ(std::set<std::string>(runs.begin(), runs.end()).size(), runs.size());
  EXPECT_EQ(runs.size(), 18U);
}

TEST(StudyPlan, TheLastQuarterOfTheTextLayersTrainsByDefault) {
  EXPECT_EQ(run_of("table6", "zero", 4), "both-tune1-ts");
  EXPECT_EQ(run_of("table6", "zero", 12), "both-tune3-ts");
  EXPECT_EQ(run_of("figure3b", "12", 12), "both-tune12-ts");
}

TEST(StudyPlan, RunsCanBePickedByTableAndByName) {
  const auto all = experiments(4);
  EXPECT_EQ(planned_runs(all, {"table6"}),
            (std::vector<std::string>{kStartRun, "both-tune1-ts", "both-tune1-ts-random"}));
  EXPECT_EQ(planned_runs(all, {"both-tune1-ts-mask0.5"}),
            (std::vector<std::string>{kStartRun, "both-tune1-ts-mask0.5"}));
}

TEST(StudyPlan, AnUnknownRunListsTheKnownOnes) {
  try {
    planned_runs(experiments(4), {"table7"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("figure3a"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("both-tune1-ts-mask0.5"), std::string::npos);
  }
}

TEST(StudyPlan, ClaimsAndAxesNameRowsThatAreThere) {
  for (const Experiment& experiment : experiments(4)) {
    for (const StudyClaim& claim : experiment.claims) {
      for (const std::string& name : {claim.better, claim.worse}) {
        EXPECT_NE(std::ranges::find(experiment.rows, name, &StudyRow::name), experiment.rows.end()) << name;
      }
    }
  }
}

}  // namespace
}  // namespace tvts::test

// Tables and sentences of planted results.
#include "lab/study/study_report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lab/study/study_claims.h"
#include "lab/study/study_table.h"

namespace tvts::test {
namespace {

// R@1 of three seeds: the middle one and one point to either side.
void plant(StudyResults& results, const std::string& run, double r1) {
  for (const int seed : {1, 2, 3}) results[run][seed] = {{"t2v_query_r1", r1 + seed - 2}, {"kinds", 50}};
}

StudyReport planted() {
  StudyReport report = {.intro = "Planted.", .experiments = experiments(4)};
  report.paper = load_paper_tables(std::string(TVTS_SOURCE_DIR) + "/share/paper_results.json");
  plant(report.results, kStartRun, 10);
  plant(report.results, "both-tune1-vtc", 20);
  plant(report.results, "both-tune1-ts", 20.5);
  plant(report.results, "both-tune1-ts-without-sg", 30);
  return report;
}

const Experiment& table5(const StudyReport& report) {
  return *std::ranges::find(report.experiments, "table5", &Experiment::key);
}

TableCell cell(const Table& table, const std::string& row, const std::string& column) {
  const TableCell* found = find_cell(table, row, column);
  if (found == nullptr) throw std::runtime_error("no cell " + row + ", " + column);
  return *found;
}

std::string sentence(const StudyReport& report, const std::string& better, const std::string& worse) {
  for (const JudgedClaim& judged : judged_claims(table5(report), report.results)) {
    if (judged.claim.better == better && judged.claim.worse == worse) return judged.sentence;
  }
  return "";
}

TEST(StudyReport, ShowsThePapersNumbersAndOursSideBySide) {
  const StudyReport report = planted();
  const Table table = experiment_table(table5(report), report.results, report.paper);
  EXPECT_EQ(cell(table, "M_w/o sg", "paper: MSR-VTT R@1").text, "31.9");
  EXPECT_EQ(cell(table, "M_base", "paper: MSR-VTT R@1").text, kNotInOurCopy);
  EXPECT_EQ(cell(table, "M_base", "ours: R@1").text, "20.0 ± 1.0");
  EXPECT_EQ(cell(table, "M_ours++", "ours: R@1").text, "not run");
}

TEST(StudyReport, PointsOfFiguresAreNotInOurCopy) {
  const StudyReport report = planted();
  const auto figure = std::ranges::find(report.experiments, "figure3a", &Experiment::key);
  const Table table = experiment_table(*figure, report.results, report.paper);
  EXPECT_EQ(cell(table, "0.5", "paper: R@1").text, kNotInOurCopy);
  EXPECT_EQ(cell(table, "0", "ours: R@1").text, "20.5 ± 1.0");
}

TEST(StudyReport, SaysWhatAgreesWhatDoesNotAndWhatTheNoiseHides) {
  const StudyReport report = planted();
  EXPECT_EQ(sentence(report, "M_base", "CLIP"),
            "R@1: M_base above CLIP, as in the paper: 20.0 ± 1.0 against 10.0 ± 1.0, a difference of 10.0 with two "
            "standard errors of 1.6, 3 seeds.");
  EXPECT_TRUE(
      sentence(report, "M_base", "M_w/o sg").starts_with("R@1: M_base above M_w/o sg in the paper, NOT here: "));
  EXPECT_TRUE(sentence(report, "M_ours", "M_base")
                  .starts_with("R@1: M_ours above M_base in the paper; the noise does not tell here: "));
  EXPECT_EQ(sentence(report, "M_ours++", "M_ours"), "R@1: M_ours++ above M_ours in the paper; not run here.");
}

TEST(StudyReport, PageHoldsEveryExperiment) {
  const std::string html = html_page(study_page(planted()));
  for (const Experiment& experiment : experiments(4)) {
    EXPECT_NE(html.find(experiment.title), std::string::npos) << experiment.title;
  }
}

TEST(StudyReport, JsonHoldsEverySeed) {
  const auto json = study_json(planted());
  const auto& rows = json["experiments"][1]["rows"];
  EXPECT_EQ(rows[1]["measures"]["t2v_query_r1"]["seeds"]["3"], 21.0);
  EXPECT_TRUE(rows[4]["measures"]["t2v_query_r1"].is_null());
  EXPECT_EQ(json["experiments"][1]["claims"][0]["verdict"], "agrees");
}

}  // namespace
}  // namespace tvts::test

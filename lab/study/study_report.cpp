#include "lab/study/study_report.h"

#include <algorithm>

#include "lab/study/study_claims.h"
#include "lab/study/study_measures.h"
#include "lab/study/study_table.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

Chart experiment_chart(const Experiment& experiment, const StudyResults& results) {
  Chart chart = {.title = experiment.title, .x_label = experiment.x_label, .y_label = "percent"};
  for (const std::string& measure : experiment.measures) {
    ChartSeries series = {.name = measure_named(measure).name};
    for (const StudyRow& row : experiment.rows) {
      const Sample sample = sample_of(results, row.run_name(), measure);
      if (sample.n == 0) continue;
      series.x.push_back(std::stod(row.name));
      series.y.push_back(sample.mean);
      series.low.push_back(sample.mean - sample.deviation);
      series.high.push_back(sample.mean + sample.deviation);
    }
    if (!series.x.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

PageSection experiment_section(const Experiment& experiment, const StudyReport& report) {
  PageSection section = {.heading = experiment.title,
                         .items = {experiment_table(experiment, report.results, report.paper)}};
  for (const JudgedClaim& judged : judged_claims(experiment, report.results)) section.items.push_back(judged.sentence);
  if (!experiment.x_label.empty()) {
    Chart chart = experiment_chart(experiment, report.results);
    if (!chart.series.empty()) section.items.push_back(std::move(chart));
  }
  return section;
}

// The number of claims by outcome.
Table verdict_table(const StudyReport& report) {
  constexpr Verdict kVerdicts[] = {Verdict::kAgrees, Verdict::kDisagrees, Verdict::kNoiseDoesNotTell, Verdict::kNotRun};
  Table table = {.title = "Findings of the paper, and what came out here", .columns = {"Experiment"}};
  for (const Verdict verdict : kVerdicts) table.columns.push_back(to_string(verdict));
  for (const Experiment& experiment : report.experiments) {
    const std::vector<JudgedClaim> claims = judged_claims(experiment, report.results);
    std::vector<TableCell> row = {text_cell(experiment.title)};
    for (const Verdict verdict : kVerdicts) {
      const auto count =
          std::ranges::count_if(claims, [&](const JudgedClaim& judged) { return judged.judgement.verdict == verdict; });
      row.push_back(number_cell(static_cast<double>(count), 0));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {"Two rows are told apart where their means differ by more than two standard errors over the seeds."};
  return table;
}

Json sample_json(const StudyResults& results, const std::string& run, const std::string& measure) {
  const Sample sample = sample_of(results, run, measure);
  if (sample.n == 0) return nullptr;
  Json json = {{"mean", sample.mean}, {"deviation", sample.deviation}, {"seeds", Json::object()}};
  for (const auto& [seed, measures] : results.at(run)) {
    if (const auto value = measures.find(measure); value != measures.end()) {
      json["seeds"][std::to_string(seed)] = value->second;
    }
  }
  return json;
}

Json experiment_json(const Experiment& experiment, const StudyReport& report) {
  Json json = {
      {"key", experiment.key}, {"title", experiment.title}, {"rows", Json::array()}, {"claims", Json::array()}};
  for (const StudyRow& row : experiment.rows) {
    Json measures = Json::object();
    for (const std::string& measure : experiment.measures) {
      measures[measure] = sample_json(report.results, row.run_name(), measure);
    }
    json["rows"].push_back({{"name", row.name}, {"run", row.run_name()}, {"measures", measures}});
  }
  for (const JudgedClaim& judged : judged_claims(experiment, report.results)) {
    json["claims"].push_back({{"better", judged.claim.better},
                              {"worse", judged.claim.worse},
                              {"measure", judged.measure},
                              {"verdict", to_string(judged.judgement.verdict)},
                              {"difference", judged.judgement.difference},
                              {"two_standard_errors", judged.judgement.two_standard_errors},
                              {"sentence", judged.sentence}});
  }
  json["table"] = table_json(experiment_table(experiment, report.results, report.paper));
  return json;
}

}  // namespace

Page study_page(const StudyReport& report) {
  Page page = {.title = "The paper's ablations on the small world", .intro = report.intro};
  page.sections.push_back({"Findings", {verdict_table(report)}});
  for (const Experiment& experiment : report.experiments) {
    page.sections.push_back(experiment_section(experiment, report));
  }
  return page;
}

Json study_json(const StudyReport& report) {
  Json json = {{"format", "tvts-study"}, {"version", 1}, {"intro", report.intro}, {"experiments", Json::array()}};
  for (const Experiment& experiment : report.experiments) {
    json["experiments"].push_back(experiment_json(experiment, report));
  }
  return json;
}

}  // namespace tvts

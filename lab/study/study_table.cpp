#include "lab/study/study_table.h"

#include "lab/study/study_measures.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

TableCell our_cell(const StudyResults& results, const StudyRow& row, const std::string& measure) {
  const Sample sample = sample_of(results, row.run_name(), measure);
  if (sample.n > 0) return text_cell(sample_text(sample, measure));
  return missing_cell(results.contains(row.run_name()) ? "–" : "not run");
}

// The paper's table; of a figure nothing but that its points are missing.
Table paper_part(const Experiment& experiment, const PaperTables& paper) {
  if (experiment.paper_table != 0) return paper.at(experiment.paper_table);
  Table table = {.columns = {"", "R@1"}};
  for (const StudyRow& row : experiment.rows) {
    table.rows.push_back({text_cell(row.name), missing_cell(kNotInOurCopy)});
  }
  return table;
}

}  // namespace

Table experiment_table(const Experiment& experiment, const StudyResults& results, const PaperTables& paper) {
  const Table theirs = paper_part(experiment, paper);
  Table table = {.title = experiment.title, .columns = {experiment.x_label.empty() ? "Row" : experiment.x_label}};
  for (std::size_t i = 1; i < theirs.columns.size(); ++i) table.columns.push_back("paper: " + theirs.columns[i]);
  for (const std::string& measure : experiment.measures) {
    table.columns.push_back(concat("ours: ", measure_named(measure).name));
  }
  for (const StudyRow& row : experiment.rows) {
    std::vector<TableCell> cells = {text_cell(row.name)};
    for (std::size_t i = 1; i < theirs.columns.size(); ++i) {
      const TableCell* cell = find_cell(theirs, row.name, theirs.columns[i]);
      cells.push_back(cell == nullptr ? missing_cell(kNotInOurCopy) : *cell);
    }
    for (const std::string& measure : experiment.measures) cells.push_back(our_cell(results, row, measure));
    table.rows.push_back(std::move(cells));
  }
  table.notes = theirs.notes;
  table.notes.push_back("Ours: on the small world, in percent but for MMS, mean ± deviation over the seeds.");
  return table;
}

}  // namespace tvts

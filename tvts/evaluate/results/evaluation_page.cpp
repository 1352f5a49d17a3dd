#include "tvts/evaluate/results/evaluation_page.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/results/confusion_picture.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

constexpr std::size_t kMissingShown = 20;

std::string interval_text(const Measure& measure) {
  return concat(fixed(measure.interval->low, measure.decimals), " to ",
                fixed(measure.interval->high, measure.decimals));
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += " " + sentence;
  return text;
}

std::string differences_text(const Manifest& manifest) {
  const std::vector<std::string> differences = differences_from_paper(manifest);
  if (differences.empty()) return "As in the paper: frames, preprocessing, ties, templates and the counts it states.";
  return "NOT as in the paper:" + joined(differences);
}

std::string about(const Manifest& manifest) {
  std::string text = concat(manifest.videos, " videos, ");
  if (manifest.texts > 0) text += concat(manifest.texts, " texts");
  if (manifest.classes > 0) text += concat(manifest.classes, " classes");
  if (manifest.options > 0) text += concat(manifest.options, " options each");
  text += concat("; annotations in the form ", manifest.form, "; split ", manifest.split_sha256.substr(0, 12), ".");
  if (const auto& embedding = manifest.embedding) {
    text += concat(" Model ", embedding->model_name, " (", embedding->model_origin, "), file ",
                   embedding->model_sha256.substr(0, 12), "; ", embedding->num_frames, " frames, ",
                   embedding->preprocess, ", ", embedding->pool, ", ", embedding->precision, ".");
  }
  return text;
}

Table classes_table(const Evaluation& evaluation) {
  Table table = {.title = "Classes, worst first", .columns = {"Class", "Videos", "Top-1"}};
  std::vector<const ClassResult*> order;
  for (const ClassResult& result : evaluation.classes) order.push_back(&result);
  std::ranges::stable_sort(order, {}, [](const ClassResult* result) { return result->accuracy.top1; });
  for (const ClassResult* result : order) {
    table.rows.push_back({text_cell(result->name), number_cell(static_cast<double>(result->accuracy.items), 0),
                          result->accuracy.items > 0 ? number_cell(result->accuracy.top1) : missing_cell("no video")});
  }
  return table;
}

Table missing_table(const std::vector<MissingItem>& missing) {
  Table table = {.title = "Missing", .columns = {"Video", "What", "Why"}};
  for (std::size_t i = 0; i < std::min(missing.size(), kMissingShown); ++i) {
    table.rows.push_back({text_cell(missing[i].video), text_cell(missing[i].status), text_cell(missing[i].reason)});
  }
  if (missing.size() > kMissingShown) {
    table.notes = {concat("And ", missing.size() - kMissingShown, " more, in missing.jsonl.")};
  }
  return table;
}

PageSection section_of(const BenchmarkResult& result, const PaperTables& paper) {
  const auto& [manifest, evaluation] = result;
  PageSection section = {.heading = benchmark_title(manifest.benchmark), .items = {about(manifest)}};
  std::vector<Table> paper_tables = beside_the_paper(manifest, evaluation, paper);
  if (!paper_tables.empty()) section.items.push_back(differences_text(manifest));
  for (const std::string& warning : manifest.warnings) section.items.push_back("Note: " + warning + ".");
  section.items.push_back(evaluation_table(result));
  for (Table& table : paper_tables) section.items.push_back(std::move(table));
  if (!evaluation.confusion.empty()) {
    section.items.push_back(std::vector<Picture>{{confusion_png(evaluation), "Confusion of the classes",
                                                  "A row for each right class, a column for each predicted one."}});
    section.items.push_back(confusion_table(evaluation));
  }
  if (!evaluation.classes.empty()) section.items.push_back(classes_table(evaluation));
  if (!manifest.missing.empty()) section.items.push_back(missing_table(manifest.missing));
  return section;
}

}  // namespace

Table evaluation_table(const BenchmarkResult& result) {
  Table table = {.title = benchmark_title(result.manifest.benchmark), .columns = {"Measure", "Value", "95 % interval"}};
  for (const Measure& measure : result.evaluation.measures) {
    table.rows.push_back({text_cell(measure.title), number_cell(measure.value, measure.decimals),
                          measure.interval ? text_cell(interval_text(measure)) : missing_cell("–")});
  }
  table.notes = {"Percent, but for ranks and cosines. Intervals: bootstrap over the items."};
  if (result.manifest.texts > 0) {
    table.notes.push_back("DSL is transductive: a query's result depends on the other queries.");
  }
  return table;
}

Page evaluation_page(const std::vector<BenchmarkResult>& results, const PaperTables& paper) {
  Page page = {.title = "Evaluation",
               .intro =
                   "Measured by tvts eval; each benchmark's folder holds its manifest "
                   "(result.json) and what became of each item (items.jsonl)."};
  for (const BenchmarkResult& result : results) page.sections.push_back(section_of(result, paper));
  return page;
}

}  // namespace tvts

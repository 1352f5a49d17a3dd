// tvts eval compare A B: two runs, item by item.
#include <filesystem>

#include "cli/eval.h"
#include "cli/output.h"
#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/results/compare.h"
#include "tvts/report/page.h"

namespace tvts::cli {
namespace {

struct CompareOptions {
  std::string a, b;
  std::size_t items = 10;
  bool json = false;
  std::string html;
};

void declare(CLI::App& command, CompareOptions& options) {
  command.add_option("A", options.a, "folder of a run of tvts eval, or of one benchmark in it")->required();
  command.add_option("B", options.b, "another")->required();
  command.add_option("--items", options.items, "items shown of each question: those that differ most")
      ->check(CLI::Range(std::size_t{0}, std::size_t{100000}))
      ->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object a benchmark, with all items that differ");
  command.add_option("--html", options.html, "write a page of the tables")->check(no_folder);
}

bool has_result(const std::string& folder) { return std::filesystem::exists(folder + "/result.json"); }

std::vector<Comparison> compare(const CompareOptions& options) {
  if (has_result(options.a) && has_result(options.b)) {
    return {compare_evaluations(read_evaluation(options.a), read_evaluation(options.b))};
  }
  std::vector<Comparison> comparisons;
  for (const std::string& name : benchmark_names()) {
    const std::string a = options.a + "/" + name, b = options.b + "/" + name;
    if (has_result(a) && has_result(b)) {
      comparisons.push_back(compare_evaluations(read_evaluation(a), read_evaluation(b)));
    }
  }
  if (comparisons.empty()) {
    fail_input("found no benchmark with a result.json in both ", options.a, " and ", options.b,
               "; make them with tvts eval");
  }
  return comparisons;
}

int run(const CompareOptions& options) {
  std::vector<Table> tables;
  for (const Comparison& comparison : compare(options)) {
    if (options.json) print_json(comparison_json(comparison));
    for (Table& table : comparison_tables(comparison, options.items)) tables.push_back(std::move(table));
  }
  if (!options.json) print_tables(tables);
  if (!options.html.empty()) {
    Page page = {.title = "Comparison", .intro = concat("A: ", options.a, ". B: ", options.b, ".")};
    for (Table& table : tables) page.sections.push_back({table.title, {std::move(table)}});
    write_whole_file(options.html, html_page(page));
  }
  return 0;
}

}  // namespace

void add_eval_compare(CLI::App& eval, Action& action) {
  add_command<CompareOptions>(
      eval, action, "compare", "Two runs item by item, with a paired significance test",
      [](CLI::App& command, CompareOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli

#include "lab/study/world_report.h"

#include <algorithm>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

// All systems of the tasks, each once, in their order.
std::vector<std::string> system_names(const WorldResults& results) {
  std::vector<std::string> names;
  for (const TaskResult& task : results.tasks) {
    for (const SystemValues& system : task.systems) {
      if (std::ranges::find(names, system.system) == names.end()) names.push_back(system.system);
    }
  }
  return names;
}

TableCell optional_cell(const std::optional<double>& value) { return value ? number_cell(*value) : missing_cell("–"); }

Table results_table(const WorldResults& results) {
  const std::vector<std::string> names = system_names(results);
  Table table = {.title = "Small world", .columns = {"Test", "Items", "Chance", "Ceiling"}};
  table.columns.insert(table.columns.end(), names.begin(), names.end());
  for (const TaskResult& task : results.tasks) {
    std::vector<TableCell> row = {text_cell(task.title), number_cell(static_cast<double>(task.items.size()), 0),
                                  optional_cell(task.chance), optional_cell(task.ceiling)};
    const int decimals = task.unit == Unit::kCosine ? 3 : 1;
    for (const std::string& name : names) {
      const SystemValues* system = find_system(task, name);
      row.push_back(system ? number_cell(summary(task, *system), decimals) : missing_cell("–"));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {"Percent, but for ranks and cosines. Equal scores share what they reach.",
                 "Ceiling: of a model that is always right about what happens, where clips mean the same.",
                 "Twins: of the clips of a pair, those whose own caption scores above the twin's."};
  return table;
}

std::string signed_number(double value) { return (value > 0 ? "+" : "") + fixed(value, 1); }

std::string interval_text(const Interval& interval) {
  return concat(signed_number(interval.mean), " [", signed_number(interval.low), ", ", signed_number(interval.high),
                "]");
}

// Of one control: the tests in which the model does not beat it; nothing where it beats it everywhere.
std::optional<std::string> failure(const std::string& control, const WorldResults& results,
                                   const std::vector<Gain>& gains) {
  std::string tests;
  for (const Gain& gain : gains) {
    if (gain.control != control || gain.is_clear()) continue;
    const auto task = std::ranges::find(results.tasks, gain.task, &TaskResult::key);
    tests += (tests.empty() ? "" : "; ") + task->title;
  }
  if (tests.empty()) return std::nullopt;
  return concat("NOT better than ", control, " (the interval holds 0 or less): ", tests, ".");
}

std::vector<TableCell> gains_row(const TaskResult& task, const std::vector<std::string>& controls,
                                 const std::vector<Gain>& gains) {
  std::vector<TableCell> row = {text_cell(task.title)};
  for (const std::string& control : controls) {
    const auto found =
        std::ranges::find_if(gains, [&](const Gain& gain) { return gain.task == task.key && gain.control == control; });
    row.push_back(found == gains.end() ? missing_cell("–") : text_cell(interval_text(found->interval)));
  }
  return row;
}

Table gains_table(const WorldResults& results) {
  std::vector<std::string> controls = system_names(results);
  std::erase(controls, kModel);
  Table table = {.title = "Gain of the model over its controls", .columns = {"Test"}};
  for (const std::string& control : controls) table.columns.push_back("over " + control);
  const std::vector<Gain> gains = gains_over_controls(results);
  for (const TaskResult& task : results.tasks) {
    if (task.unit == Unit::kPercent) table.rows.push_back(gains_row(task, controls, gains));
  }
  table.notes = {"Percentage points, with the 95 % interval of a paired bootstrap over the items."};
  for (const std::string& control : controls) {
    if (auto note = failure(control, results, gains)) table.notes.push_back(std::move(*note));
  }
  return table;
}

Json task_json(const TaskResult& task, const std::vector<Gain>& gains) {
  Json json = {{"key", task.key}, {"title", task.title}, {"chance", nullptr}, {"ceiling", nullptr}};
  if (task.chance) json["chance"] = *task.chance;
  if (task.ceiling) json["ceiling"] = *task.ceiling;
  Json items = {{"item", task.items}};
  for (const SystemValues& system : task.systems) {
    json["systems"][system.system] = summary(task, system);
    items[system.system] = system.values;
  }
  json["gains"] = Json::object();
  for (const Gain& gain : gains) {
    if (gain.task != task.key) continue;
    const Interval& interval = gain.interval;
    json["gains"][gain.control] = {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}};
  }
  json["items"] = std::move(items);
  return json;
}

}  // namespace

std::vector<Gain> gains_over_controls(const WorldResults& results) {
  std::vector<Gain> gains;
  for (const TaskResult& task : results.tasks) {
    if (task.unit != Unit::kPercent) continue;
    const std::vector<double>& own = task.systems.front().values;
    for (const SystemValues& control : task.systems) {
      if (&control == &task.systems.front()) continue;
      gains.push_back({task.key, control.system, bootstrap_difference(own, control.values)});
    }
  }
  return gains;
}

std::vector<Table> world_tables(const WorldResults& results) { return {results_table(results), gains_table(results)}; }

Json world_json(const WorldResults& results) {
  Json json = {{"format", "tvts-world-results"}, {"version", 1},
               {"world", results.world},         {"model", results.model},
               {"baseline", results.baseline},   {"tasks", Json::array()}};
  const std::vector<Gain> gains = gains_over_controls(results);
  for (const TaskResult& task : results.tasks) json["tasks"].push_back(task_json(task, gains));
  return json;
}

Page world_page(const WorldResults& results) {
  Page page = {.title = "Small world", .intro = concat("Model: ", results.model, ". World: ", results.world, ".")};
  if (!results.baseline.empty()) page.intro += concat(" Mean of frames: ", results.baseline, ".");
  for (Table& table : world_tables(results)) page.sections.push_back({table.title, {std::move(table)}});
  return page;
}

}  // namespace tvts

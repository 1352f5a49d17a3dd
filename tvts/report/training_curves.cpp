#include "tvts/report/training_curves.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/core/whole_file.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

struct Curve {
  const char* key;
  const char* label;
};

struct Panel {
  const char* title;
  const char* unit;
  std::vector<Curve> curves;
  const char* object = "";  // the record's key that holds the curves' keys; empty: the record itself
  bool is_log = false;
  bool by_corpus = false;         // a curve for each corpus
  bool takes_other_keys = false;  // the object's numbers that no panel names
};

const std::vector<Panel>& panels() {
  static const std::vector<Panel> kPanels = {
      {.title = "Losses",
       .unit = "loss",
       .curves = {{"loss", "total"}, {"vtc", "contrastive (VTC)"}, {"ts", "sorting (TS)"}},
       .by_corpus = true},
      {.title = "Sorting",
       .unit = "share of transcripts put in their place",
       .curves = {{"sort_accuracy", "sorting accuracy"}},
       .by_corpus = true},
      {.title = "Matched similarity in training",
       .unit = "mean cosine",
       .curves = {{"mms", "matched pairs"}},
       .by_corpus = true},
      {.title = "Learning rate",
       .unit = "learning rate",
       .curves = {{"lr_new", "new parts"}, {"lr_clip", "inherited parts"}},
       .is_log = true},
      {.title = "Speed", .unit = "clips/s", .curves = {{"clips_per_second", "clips/s"}}},
      {.title = "Waiting for data", .unit = "share of the time", .curves = {{"wait_share", "waiting"}}},
      {.title = "Validation retrieval",
       .unit = "percent",
       .curves = {{"t2v_r1", "text to video R@1"},
                  {"t2v_r5", "text to video R@5"},
                  {"t2v_r10", "text to video R@10"},
                  {"v2t_r1", "video to text R@1"},
                  {"v2t_r5", "video to text R@5"},
                  {"v2t_r10", "video to text R@10"}},
       .object = "validation"},
      {.title = "Validation rank",
       .unit = "rank",
       .curves = {{"median_rank", "median rank"}, {"mean_rank", "mean rank"}},
       .object = "validation",
       .is_log = true},
      {.title = "Validation, other measures", .unit = "value", .object = "validation", .takes_other_keys = true},
      {.title = "Degradation guard",
       .unit = "cosine, or 1 - cosine",
       .curves = {{"mms", "mean matched similarity"}, {"text_drift", "drift of text features"}},
       .object = "guard"},
      {.title = "Degradation guard, other measures", .unit = "value", .object = "guard", .takes_other_keys = true},
  };
  return kPanels;
}

bool is_named(std::string_view object, const std::string& key) {
  const auto names_it = [&](const Panel& panel) {
    const auto is_it = [&](const Curve& curve) { return key == curve.key; };
    return panel.object == object && std::any_of(panel.curves.begin(), panel.curves.end(), is_it);
  };
  return std::any_of(panels().begin(), panels().end(), names_it);
}

// The number at `key`: NaN for null, nothing where there is no such key.
std::optional<double> number_at(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  if (found->is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (!found->is_number()) fail_input("\"", one_line(key), "\" is no number");
  return found->get<double>();
}

// The curves of all panels while lines are read.
class CurveReader {
 public:
  void add(const Json& record) {
    const auto step = record.is_object() ? number_at(record, "step") : std::nullopt;
    if (!step || !(*step >= 0)) fail_input("found no record, expected an object with a \"step\" from 0 on");
    const auto corpus = record.find("corpus");
    const std::string suffix =
        corpus != record.end() && corpus->is_string() ? concat(", ", corpus->get_ref<const std::string&>()) : "";
    for (std::size_t panel = 0; panel < panels().size(); ++panel) add_to(panel, record, *step, suffix);
    ++records_;
    last_step_ = std::max(last_step_, *step);
  }

  TrainingCurves curves() && {
    TrainingCurves result{.records = records_, .last_step = last_step_};
    result.last_values = {.title = "Last values", .columns = {"Curve", "Step", "Value"}};
    for (std::size_t panel = 0; panel < panels().size(); ++panel) {
      if (series_[panel].empty()) continue;
      const Panel& about = panels()[panel];
      for (const ChartSeries& series : series_[panel]) {
        TableCell value = number_cell(series.y.back());
        if (value.number) value.text = short_number(*value.number);
        result.last_values.rows.push_back(
            {text_cell(concat(about.title, ": ", series.name)), number_cell(series.x.back(), 0), value});
      }
      result.charts.push_back({.title = about.title,
                               .x_label = "step",
                               .y_label = about.unit,
                               .log_y = about.is_log,
                               .series = std::move(series_[panel])});
    }
    return result;
  }

 private:
  void add_to(std::size_t panel, const Json& record, double step, const std::string& suffix) {
    const Panel& about = panels()[panel];
    const bool is_inside = *about.object != '\0';
    if (is_inside && record.value(about.object, Json()).is_null()) return;
    const Json& object = is_inside ? record.at(about.object) : record;
    if (!object.is_object()) fail_input("\"", about.object, "\" is no object");
    for (const Curve& curve : about.curves) {
      const auto value = number_at(object, curve.key);
      if (value) point(panel, about.by_corpus ? curve.label + suffix : curve.label, step, *value);
    }
    if (!about.takes_other_keys) return;
    for (const auto& [key, value] : object.items()) {
      if (value.is_number() && !is_named(about.object, key)) point(panel, key, step, value.get<double>());
    }
  }

  void point(std::size_t panel, const std::string& name, double step, double value) {
    std::vector<ChartSeries>& all = series_[panel];
    const auto is_it = [&](const ChartSeries& series) { return series.name == name; };
    auto found = std::find_if(all.begin(), all.end(), is_it);
    if (found == all.end()) {
      if (all.size() == kMostSeries) return;
      found = all.insert(all.end(), {.name = name});
    }
    found->x.push_back(step);
    found->y.push_back(value);
  }

  static constexpr std::size_t kMostSeries = 28;  // of a panel: every colour and dash once

  std::vector<std::vector<ChartSeries>> series_ = std::vector<std::vector<ChartSeries>>(panels().size());
  std::size_t records_ = 0;
  double last_step_ = 0;
};

// Nothing for what is no JSON, as a kill leaves the last line.
std::optional<Json> record_of(std::string_view line) {
  try {
    return parse_json(line);
  } catch (const Error&) {
    return std::nullopt;
  }
}

Page page_of(const TrainingCurves& curves, const std::string& name) {
  Page page{.title = "Training curves",
            .intro = concat(name, ": ", curves.records, " records, up to step ", fixed(curves.last_step, 0), ".")};
  page.sections.push_back({.heading = "Curves", .items = {curves.charts.begin(), curves.charts.end()}});
  page.sections.push_back({.heading = "Numbers", .items = {curves.last_values}});
  return page;
}

}  // namespace

TrainingCurves read_training_curves(std::string_view log, const std::string& name) {
  CurveReader reader;
  for (std::size_t line = 1; !log.empty(); ++line) {
    const std::string_view text = log.substr(0, log.find('\n'));
    log.remove_prefix(std::min(log.size(), text.size() + 1));
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    try {
      const auto record = record_of(text);
      if (!record && log.empty()) break;
      if (!record) fail_input("found no JSON, expected one object a line");
      reader.add(*record);
    } catch (const Error& error) {
      fail_input(name, ":", line, ": ", error.what());
    }
  }
  return std::move(reader).curves();
}

void write_training_curves(const std::string& log_path, const std::string& folder) {
  const TrainingCurves curves = read_training_curves(read_file(log_path), log_path);
  const std::vector<Chart> nothing_yet = {{.title = "Losses", .x_label = "step", .y_label = "loss"}};
  write_whole_file(folder + "/curves.svg", charts_svg(curves.charts.empty() ? nothing_yet : curves.charts));
  write_whole_file(folder + "/curves.html", html_page(page_of(curves, log_path)));
}

}  // namespace tvts

#include "tvts/evaluate/probe/probe_report.h"

#include <algorithm>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

Table whole_table(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeOptions& options) {
  Table table = {
      .title = "Probe of frozen features",
      .columns = {"method", "classes", "training items", "test items", "top-1", "95 %", "top-5", "mean of classes"}};
  table.rows = {{text_cell(to_string(options.method)), number_cell(static_cast<double>(outcome.classes.size()), 0),
                 number_cell(static_cast<double>(train.labels.size()), 0),
                 number_cell(static_cast<double>(outcome.accuracy.items), 0), number_cell(outcome.accuracy.top1, 2),
                 text_cell(fixed(outcome.top1.low, 2) + " to " + fixed(outcome.top1.high, 2)),
                 number_cell(outcome.accuracy.top5, 2), number_cell(outcome.mean_per_class, 2)}};
  table.notes = {recipe(options), described_features(train),
                 "Percent of the test items; classes of equal score share what they reach."};
  return table;
}

Table class_table(const ProbeOutcome& outcome) {
  std::vector<std::size_t> order(outcome.classes.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t one) { return outcome.per_class[one].top1; });
  Table table = {.title = "Classes, the worst first", .columns = {"class", "test items", "top-1"}};
  for (const std::size_t one : order) {
    const ClassAccuracy& reached = outcome.per_class[one];
    if (reached.items == 0) continue;
    table.rows.push_back({text_cell(outcome.classes[one]), number_cell(static_cast<double>(reached.items), 0),
                          number_cell(reached.top1, 2)});
  }
  return table;
}

}  // namespace

std::string recipe(const ProbeOptions& options) {
  const std::string features = options.standardize ? " Features standardized over the training items." : "";
  const std::string l2 = options.l2 ? concat("l2 ", *options.l2) : "l2 1 / training items";
  switch (options.method) {
    case ProbeMethod::kSgd:
      return concat("SGD, learning rate ", options.learning_rate, ", momentum ", options.momentum,
                    ", no weight decay, batch ", options.batch_size, ", ", options.epochs, " epochs, seed ",
                    options.seed, ".", features);
    case ProbeMethod::kLbfgs: return concat("Logistic regression by L-BFGS, ", l2, ".", features);
    case ProbeMethod::kLeastSquares: return concat("Least squares to one-hot labels, ", l2, ".", features);
    case ProbeMethod::kNeighbours:
      return concat(options.neighbours, " nearest by cosine, temperature ", options.temperature, ".", features);
  }
  TVTS_ASSERT(false);
}

std::string described_features(const ProbeSet& set) {
  const std::string numbers = concat(set.features.size(1), " numbers an item");
  if (!set.header) return concat("Features of ", set.name, ": ", numbers, ".");
  return concat("Features: the clip embedding after the projection, ", numbers, ", ",
                set.header->normalize ? "of length 1" : "length kept", ", ", set.header->model_name, ".");
}

std::vector<Table> probe_tables(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeOptions& options) {
  return {whole_table(outcome, train, options), class_table(outcome)};
}

Page probe_page(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeOptions& options) {
  Page page = {.title = "Probe of frozen features", .sections = {{.heading = "Results"}}};
  for (Table& table : probe_tables(outcome, train, options)) page.sections[0].items.emplace_back(std::move(table));
  if (outcome.losses.size() < 2) return page;
  ChartSeries curve = {.name = "training items", .x = {}, .y = outcome.losses};
  for (std::size_t i = 0; i < curve.y.size(); ++i) curve.x.push_back(static_cast<double>(i + 1));
  page.sections[0].items.emplace_back(Chart{.title = "Loss",
                                            .x_label = options.method == ProbeMethod::kSgd ? "epoch" : "evaluation",
                                            .y_label = "mean cross-entropy",
                                            .series = {std::move(curve)}});
  return page;
}

}  // namespace tvts

// tvts probe: what a simple classifier makes of frozen features.
#include <cmath>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/probe_splits.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/progress.h"
#include "tvts/evaluate/probe/probe_files.h"
#include "tvts/evaluate/probe/probe_report.h"
#include "tvts/media/inputs/near_names.h"

namespace tvts::cli {
namespace {

struct ProbeCommandOptions {
  ProbeSource source;
  ProbeOptions probe;
  bool json = false;
};

void declare_probe(CLI::App& command, ProbeOptions& options) {
  command.add_option_function<std::string>(
      "--method", [&options](const std::string& name) { options.method = probe_method_named(name); },
      "sgd (the paper's), lbfgs, least-squares or knn (default: sgd)");
  command.add_flag("--standardize", options.standardize, "every dimension to mean 0 and deviation 1 over the training");
  command.add_option("--seed", options.seed, "sgd: of the order of items")->check(at_least(0))->capture_default_str();
  command.add_option("--epochs", options.epochs, "sgd")->capture_default_str();
  command.add_option("--probe-batch", options.batch_size, "sgd: items of a step")->capture_default_str();
  command.add_option("--learning-rate", options.learning_rate, "sgd")->capture_default_str();
  command.add_option("--momentum", options.momentum, "sgd")->capture_default_str();
  command.add_option("--l2", options.l2, "lbfgs, least-squares: weight of |weights|^2 / 2 (default: 1 / items)");
  command.add_option("--iterations", options.iterations, "lbfgs, at most")->capture_default_str();
  command.add_option("-k,--neighbours", options.neighbours, "knn")->capture_default_str();
  command.add_option("--temperature", options.temperature, "knn")->capture_default_str();
}

void declare_all(CLI::App& command, ProbeCommandOptions& options) {
  declare(command, options.source);
  declare_probe(command, options.probe);
  command.add_flag("--json", options.json, "one JSON object instead of tables");
}

void warn_of_missing(const ProbeSet& set) {
  if (set.unlabelled > 0) log_info(concat(set.name, ": ", set.unlabelled, " rows without a label were left out"));
  if (set.missing.empty()) return;
  log_warning(concat(set.name, ": ", set.missing.size(), " labelled items have no features, such as ",
                     set.missing.front(), "; probe.json names them all"));
}

int run(const ProbeCommandOptions& options) {
  validate(options.probe);
  at::set_num_threads(static_cast<int>(thread_count()));
  const auto [train, test] = read_splits(options.source);
  for (const ProbeSet* set : {&train, &test}) warn_of_missing(*set);
  if (const std::string near = near_names_warning(class_names(train.labels, train.name)); !near.empty()) {
    log_warning(concat(train.name, ": ", near));
  }
  log_info(described_features(train) + " " + recipe(options.probe));
  const bool counts_items = options.probe.method == ProbeMethod::kNeighbours;
  Progress progress(counts_items ? "items" : "passes over the training items", std::nullopt);
  const ProbeOutcome outcome = run_probe(train, test, options.probe, [&](std::int64_t done, double) {
    throw_if_stopped();
    progress.update({.done = static_cast<std::size_t>(done)});
  });
  progress.finish();
  const double guessing = std::log(static_cast<double>(outcome.classes.size()));
  if (!outcome.losses.empty() && !std::isless(outcome.losses.back(), guessing)) {
    log_warning(concat("the probe has diverged: its last loss is ", outcome.losses.back(), ", that of guessing is ",
                       guessing, "; try a lower --learning-rate"));
  }
  write_probe(options.source.output, outcome, train, test, options.probe);
  log_info(concat("wrote ", options.source.output, "/probe.json, probe.html and predictions.jsonl"));
  if (options.json) {
    print_json(probe_json(outcome, train, test, options.probe));
  } else {
    print_tables(probe_tables(outcome, train, options.probe));
  }
  return train.missing.empty() && test.missing.empty() ? 0 : kSomeInputsFailed;
}

}  // namespace

void add_probe(CLI::App& app, Action& action) {
  add_command<ProbeCommandOptions>(
      app, action, "probe", "Train a simple classifier on frozen features",
      [](CLI::App& command, ProbeCommandOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli

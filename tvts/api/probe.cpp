#include "tvts/api/probe.h"

#include <cmath>

#include "tvts/api/probe_run.h"
#include "tvts/api/probe_splits.h"
#include "tvts/api/run_control.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/evaluate/probe/probe_files.h"
#include "tvts/evaluate/probe/probe_report.h"
#include "tvts/media/inputs/near_names.h"

namespace tvts {
namespace {

ProbeOptions options_of(const api::ProbeOptions& options) {
  return {.method = probe_method_named(options.method),
          .standardize = options.standardize,
          .seed = options.seed,
          .epochs = options.epochs,
          .batch_size = options.batch_size,
          .learning_rate = options.learning_rate,
          .momentum = options.momentum,
          .l2 = options.l2,
          .iterations = options.iterations,
          .neighbours = options.neighbours,
          .temperature = options.temperature};
}

void tell_of_missing(const ProbeSet& set) {
  if (set.unlabelled > 0) log_info(concat(set.name, ": ", set.unlabelled, " rows without a label were left out"));
  if (set.missing.empty()) return;
  log_warning(concat(set.name, ": ", set.missing.size(), " labelled items have no features, such as ",
                     set.missing.front(), "; probe.json names them all"));
}

void tell_of_splits(const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options) {
  for (const ProbeSet* set : {&train, &test}) tell_of_missing(*set);
  if (const std::string near = near_names_warning(class_names(train.labels, train.name)); !near.empty()) {
    log_warning(concat(train.name, ": ", near));
  }
  log_info(described_features(train) + " " + recipe(options));
}

ProbeOutcome trained_and_tested(const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options,
                                const JobControl& control) {
  const bool counts_items = options.method == ProbeMethod::kNeighbours;
  control.progress.begin(counts_items ? "items" : "passes over the training items", std::nullopt);
  ProbeOutcome outcome = run_probe(train, test, options, [&](std::int64_t done, double) {
    throw_if_stopped(control.stop);
    control.progress.update({.done = static_cast<std::size_t>(done)});
  });
  control.progress.finish();
  return outcome;
}

void warn_if_diverged(const ProbeOutcome& outcome) {
  const double guessing = std::log(static_cast<double>(outcome.classes.size()));
  if (outcome.losses.empty() || std::isless(outcome.losses.back(), guessing)) return;
  log_warning(concat("the probe has diverged: its last loss is ", outcome.losses.back(), ", that of guessing is ",
                     guessing, "; try a lower --learning-rate"));
}

}  // namespace

FinishedProbe run_probe(const api::ProbeRequest& request, const KnownHashes& hashes, const JobControl& control) {
  FinishedProbe probe = {.options = options_of(request.probe)};
  validate(probe.options);
  std::tie(probe.train, probe.test) = read_splits(request, hashes, control);
  tell_of_splits(probe.train, probe.test, probe.options);
  probe.outcome = trained_and_tested(probe.train, probe.test, probe.options, control);
  warn_if_diverged(probe.outcome);
  write_probe(request.output, probe.outcome, probe.train, probe.test, probe.options);
  log_info(concat("wrote ", request.output, "/probe.json, probe.html and predictions.jsonl"));
  return probe;
}

namespace api {
namespace {

std::vector<ProbePrediction> predictions_of(const ProbeOutcome& outcome, const ProbeSet& test) {
  const std::size_t classes = outcome.classes.size();
  std::vector<ProbePrediction> all;
  for (std::size_t row = 0; row < test.labels.size(); ++row) {
    const std::span<const float> scores = std::span(outcome.scores).subspan(row * classes, classes);
    all.push_back({.path = test.items[row].path,
                   .start = test.items[row].start,
                   .end = test.items[row].end,
                   .label = test.labels[row],
                   .credit = top_k_credit(scores, outcome.right[row], 1),
                   .scores = {scores.begin(), scores.end()}});
  }
  return all;
}

ProbeResult to_api(FinishedProbe&& probe) {
  ProbeOutcome& outcome = probe.outcome;
  ProbeResult result = {.items = outcome.accuracy.items,
                        .top1 = outcome.accuracy.top1,
                        .top5 = outcome.accuracy.top5,
                        .top1_interval = {.low = outcome.top1.low, .high = outcome.top1.high},
                        .mean_per_class = outcome.mean_per_class,
                        .confusion = confusion_counts(outcome.scores, outcome.right, outcome.classes.size()),
                        .losses = std::move(outcome.losses),
                        .predictions = predictions_of(outcome, probe.test),
                        .missing_train = std::move(probe.train.missing),
                        .missing_test = std::move(probe.test.missing),
                        .unlabelled_train = probe.train.unlabelled,
                        .unlabelled_test = probe.test.unlabelled};
  for (std::size_t i = 0; i < outcome.classes.size(); ++i) {
    const ClassAccuracy& one = outcome.per_class[i];
    result.per_class.push_back({.name = outcome.classes[i], .items = one.items, .top1 = one.top1});
  }
  result.classes = std::move(outcome.classes);
  return result;
}

}  // namespace

ProbeResult probe(const ProbeRequest& request, const Run& run) {
  RunProgress progress(run);
  return to_api(run_probe(request, KnownHashes(/*folder=*/""), control_of(run, progress)));
}

}  // namespace api
}  // namespace tvts

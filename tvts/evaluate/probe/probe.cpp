#include "tvts/evaluate/probe/probe.h"

#include "tvts/core/error.h"
#include "tvts/evaluate/probe/lbfgs_probe.h"
#include "tvts/evaluate/probe/least_squares_probe.h"
#include "tvts/evaluate/probe/neighbour_probe.h"
#include "tvts/evaluate/probe/sgd_probe.h"

namespace tvts {
namespace {

void check_fit(const ProbeSet& train, const ProbeSet& test) {
  if (train.features.size(1) == test.features.size(1)) return;
  fail_input(test.name, ": found features of ", test.features.size(1), " numbers, expected ", train.features.size(1),
             " as in ", train.name);
}

LinearProbe trained(const LabelledFeatures& train, const ProbeOptions& options, const ProbeProgress& progress) {
  switch (options.method) {
    case ProbeMethod::kSgd: return train_by_sgd(train, options, progress);
    case ProbeMethod::kLbfgs: return train_by_lbfgs(train, options, progress);
    default: return fit_least_squares(train, options);
  }
}

// The scores of the test features, and the weights behind them.
at::Tensor probe_scores(LabelledFeatures train, const at::Tensor& test, const ProbeOptions& options,
                        const ProbeProgress& progress, ProbeOutcome& outcome) {
  std::optional<Standardisation> standard;
  if (options.standardize) {
    standard = standardisation_of(train.features);
    train.features = standardised(train.features, *standard);
  }
  if (options.method == ProbeMethod::kNeighbours) {
    return neighbour_scores(train, standard ? standardised(test, *standard) : test, options, progress);
  }
  const LinearProbe probe = trained(train, options, progress);
  outcome.linear = standard ? for_plain_features(probe, *standard) : probe;
  return scores(*outcome.linear, test);
}

void measure(ProbeOutcome& outcome) {
  const std::size_t classes = outcome.classes.size();
  outcome.accuracy = accuracy(outcome.scores, outcome.right, classes);
  outcome.per_class = accuracy_per_class(outcome.scores, outcome.right, classes);
  outcome.mean_per_class = mean_over_classes(outcome.per_class);
  std::vector<double> percents = top_k_credits(outcome.scores, outcome.right, classes, 1);
  for (double& percent : percents) percent *= 100;
  outcome.top1 = bootstrap_mean(percents);
}

}  // namespace

ProbeOutcome run_probe(const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options,
                       const ProbeProgress& progress) {
  validate(options);
  check_fit(train, test);
  ProbeOutcome outcome = {.classes = class_names(train.labels, train.name)};
  const auto labels = class_indices(train.labels, outcome.classes, train.name);
  for (const std::int64_t right : class_indices(test.labels, outcome.classes, test.name)) {
    outcome.right.push_back(static_cast<std::size_t>(right));
  }
  const LabelledFeatures features = {.features = train.features,
                                     .labels = at::tensor(labels, at::kLong),
                                     .classes = static_cast<std::int64_t>(outcome.classes.size())};
  const auto note = [&](std::int64_t done, double loss) {
    if (options.method != ProbeMethod::kNeighbours) outcome.losses.push_back(loss);
    if (progress) progress(done, loss);
  };
  const at::InferenceMode no_gradients(options.method != ProbeMethod::kLbfgs);
  const at::Tensor values = probe_scores(features, test.features, options, note, outcome).contiguous();
  outcome.scores.assign(values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel());
  measure(outcome);
  return outcome;
}

}  // namespace tvts

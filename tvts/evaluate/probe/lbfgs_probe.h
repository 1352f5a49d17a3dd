// Multinomial logistic regression with an l2 penalty, to its optimum.
#pragma once

#include "tvts/evaluate/probe/linear_probe.h"
#include "tvts/evaluate/probe/probe_options.h"

namespace tvts {

// The minimum of mean cross-entropy + l2 / 2 |weight|^2. progress is called after every evaluation of all items.
LinearProbe train_by_lbfgs(const LabelledFeatures& train, const ProbeOptions& options, const ProbeProgress& progress);

}  // namespace tvts
